mod lexer;
mod types;
