//! The given names that are common in each language, without accents.

/// Lists by language, each apart by blanks.
pub(super) const GIVEN: &[&str] = &[
    // English.
    "james robert john michael david william richard joseph thomas christopher charles daniel matthew anthony mark \
     donald steven andrew paul joshua kenneth kevin brian timothy ronald jason george edward jeffrey ryan jacob gary \
     nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond \
     jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter christian \
     keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe \
     logan alan juan albert willie elijah wayne randy vincent liam oliver harry charlie oscar leo alfie archie theo \
     mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley \
     kimberly emily donna michelle carol amanda melissa deborah stephanie dorothy rebecca sharon laura cynthia amy \
     kathleen angela shirley brenda emma anna pamela nicole samantha katherine christine helen debra rachel carolyn \
     janet maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn \
     judith andrea hannah megan cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia \
     frances jean alice judy isabella julia grace amber denise danielle marilyn beverly charlotte natalie theresa diana \
     brittany doris kayla alexis lori marie tom tim jim bob bill mike dave steve chris dan matt tony rob ben sam alex \
     nick kate sue liz jen beth ava isla amelia mia freya poppy ella lily jane lucy chloe zoe fiona gemma nigel graham \
     colin trevor ian neil stuart simon gareth ewan callum owen rhys connor declan niamh aoife siobhan sinead ciaran",
    // French.
    "jean pierre michel andre philippe rene louis alain jacques bernard marcel daniel roger robert paul claude henri \
     christian nicolas georges patrick gerard christophe pascal julien eric laurent frederic sebastien stephane \
     thierry olivier david guillaume francois alexandre vincent maxime antoine mathieu thomas romain jerome benoit \
     arnaud cedric hugo lucas theo nathan enzo leo raphael gabriel jules arthur adrien quentin florian remi yves didier \
     marie jeanne francoise monique catherine nathalie isabelle jacqueline anne sylvie martine madeleine nicole \
     suzanne helene christine marguerite denise louise christiane yvonne sophie valerie sandrine stephanie veronique \
     celine chantal patricia brigitte julie aurelie caroline laurence emilie camille lea manon chloe emma ines jade \
     charlotte mathilde margaux elise amelie pauline clemence lucie juliette delphine virginie corinne genevieve agathe",
    // German.
    "peter michael thomas andreas wolfgang klaus jurgen gunter stefan christian uwe werner horst frank dieter manfred \
     gerhard hans bernd matthias helmut walter heinz martin jorg rolf jens sven alexander jan rainer holger karl dirk \
     joachim ralf carsten oliver markus sebastian tobias lukas felix maximilian leon finn jonas niklas fabian florian \
     moritz kai torsten volker heinrich friedrich johann josef franz otto ludwig ursula maria monika petra elisabeth \
     sabine renate helga karin brigitte ingrid erika andrea gisela claudia susanne gabriele christa christine hildegard \
     anna birgit barbara gerda kerstin heike martina angelika anja stefanie ute jutta silke anke katharina julia lena \
     laura lea hannah leonie johanna franziska greta mia emilia frieda annette ulrike heidi lieselotte jurgen guenther \
     juergen joerg anneliese waltraud eva kathrin katrin nadine tanja melanie daniela sandra nicole bettina",
    // Spanish.
    "antonio manuel jose francisco david juan javier daniel carlos jesus alejandro miguel rafael pedro pablo angel \
     sergio fernando jorge luis alberto alvaro diego adrian raul ivan ruben enrique oscar ramon vicente andres joaquin \
     santiago victor eduardo mario roberto jaime ignacio salvador ricardo marcos hugo mateo emilio gonzalo guillermo \
     julio agustin tomas nicolas felipe gustavo rodrigo hector esteban maria carmen ana isabel laura cristina marta \
     dolores lucia pilar elena sara raquel paula mercedes rosario beatriz teresa encarnacion julia silvia patricia \
     montserrat andrea rocio monica sofia alba angela sonia sandra alicia susana yolanda margarita natalia eva \
     claudia consuelo esperanza inmaculada lorena veronica noelia carolina valentina camila daniela ximena guadalupe \
     gabriela fernanda alejandra luz catalina ines concepcion josefa soledad nuria amparo adriana mariana",
    // Italian.
    "giuseppe giovanni antonio mario luigi francesco angelo vincenzo pietro salvatore carlo franco domenico bruno \
     paolo michele giorgio aldo sergio luciano andrea marco alessandro stefano roberto matteo luca davide simone \
     federico lorenzo riccardo fabio massimo claudio enrico gianluca leonardo tommaso gabriele filippo nicola alberto \
     daniele maurizio giacomo emanuele edoardo raffaele umberto anna maria giuseppina rosa angela giovanna teresa lucia \
     carmela caterina francesca antonietta carla elena concetta rita margherita franca paola laura giulia chiara \
     sara martina alessia silvia federica elisa valentina alessandra sofia aurora ginevra alice giorgia beatrice \
     greta camilla bianca matilde roberta daniela patrizia simona monica barbara cristina serena ilaria",
    // Portuguese.
    "joao jose antonio francisco carlos paulo pedro lucas luiz marcos luis gabriel rafael daniel marcelo bruno eduardo \
     felipe rodrigo manoel mateus andre fernando fabio leonardo gustavo guilherme leandro tiago anderson ricardo \
     marcio jorge diogo duarte vasco nuno rui miguel goncalo henrique thiago vinicius caio murilo otavio maria ana \
     francisca antonia adriana juliana marcia fernanda patricia aline sandra camila amanda bruna jessica leticia julia \
     luciana vanessa mariana gabriela vera vitoria larissa claudia beatriz ines joana catarina margarida matilde \
     carolina sofia leonor teresa fatima conceicao raquel susana filipa rosangela simone renata debora tatiana",
    // Dutch and Flemish.
    "jan johannes piet pieter cornelis kees hendrik henk willem wim gerrit jacobus jaap dirk maarten bram daan sem \
     lucas levi finn milan jesse luuk thijs ruben lars sander jeroen bas joost koen niels rick stijn wouter tim sjoerd \
     arjan marcel rob hans theo joris bart geert luc maria johanna anna cornelia wilhelmina hendrika elisabeth \
     margaretha petra ingrid monique marjolein anouk sanne lotte fleur emma tess sophie julia lieke eva noa anke \
     marieke femke mieke saskia esther ilse inge annelies liesbeth lies katrien griet marloes nienke willemijn",
    // Polish.
    "andrzej piotr krzysztof stanislaw tomasz pawel jan marcin michal jerzy tadeusz adam lukasz zbigniew ryszard \
     dariusz henryk mariusz kazimierz wojciech robert mateusz marian rafal jacek janusz miroslaw maciej slawomir \
     jaroslaw kamil wieslaw roman wladyslaw jakub artur zdzislaw edward mieczyslaw damian dawid przemyslaw sebastian \
     czeslaw leszek daniel waldemar bartosz szymon filip antoni anna maria katarzyna malgorzata agnieszka krystyna \
     barbara ewa elzbieta zofia janina teresa joanna magdalena monika jadwiga danuta irena halina helena beata aleksandra \
     marta dorota marianna grazyna jolanta stanislawa iwona karolina bozena urszula justyna renata alicja paulina \
     sylwia natalia wanda agata aneta izabela ewelina marzena wieslawa genowefa patrycja edyta kinga zuzanna",
    // Danish, Finnish, Icelandic, Norwegian, Swedish.
    "lars karl erik anders per johan nils lennart hans gunnar sven bo jan mikael goran ulf stig bengt fredrik magnus \
     henrik mattias jonas oskar gustav axel emil viktor linus ludvig rasmus soren niels jens peter morten mads kasper \
     mikkel frederik jesper kristian ole bjorn knut arne kjell odd terje leif geir tor rune havard sindre eirik haakon \
     juhani olavi antero tapani mikko jukka matti timo kari antti markku juha pekka janne sami jari ville eero ilkka \
     heikki tuomas jon gudmundur sigurdur olafur magnus einar anna eva margareta karin birgitta elisabeth kristina \
     ingrid marie lena astrid linnea maja alva elsa ebba wilma agneta gunilla annika camilla sofia johanna hanna \
     kirsten mette hanne helle lone pia susanne charlotte maren ida freja inger kari marit liv solveig silje ragnhild \
     tone anne nina hilde berit maria helena johanna kaarina anneli marjatta liisa sari tiina paivi minna aino kaisa \
     gudrun sigridur kristin helga asa signe emilie victoria emelie elin frida malin",
    // Romanian, Hungarian, Czech, Slovak, Bulgarian, Croatian, Serbian, Slovenian, Greek, Baltic.
    "ion gheorghe vasile nicolae constantin mihai stefan alexandru andrei florin adrian cristian marian bogdan radu \
     sorin catalin razvan ionut laurentiu elena ioana mihaela andreea cristina daniela alexandra gabriela georgiana \
     roxana simona mariana ileana florentina raluca oana laszlo istvan jozsef janos zoltan sandor gabor ferenc attila \
     peter tamas balazs csaba andras krisztian gergely maria erzsebet katalin ilona eva zsuzsanna agnes ildiko szabina \
     jiri jan petr josef pavel martin tomas jaroslav miroslav zdenek vaclav michal frantisek jakub milan karel lukas \
     ondrej vojtech marek jana marie eva hana lenka katerina lucie vera alena petra veronika jaroslava tereza martina \
     kamila zuzana katarina ivan georgi dimitar nikolay todor petar hristo stoyan vasil boris marko luka ivana ante \
     josip stjepan tomislav zoran goran dragan milos nikola stefan aleksandar jelena ana mirjana snezana dragana vesna \
     milica ljiljana maja matej franc janez andrej giorgos georgios dimitris dimitrios konstantinos ioannis yiannis \
     nikolaos panagiotis christos vasilis athanasios eleni vasiliki aikaterini sofia angeliki georgia dimitra katerina \
     jonas vytautas antanas tomas darius mindaugas janis andris juris edgars maris inese liga kristine",
    // Turkish.
    "mehmet mustafa ahmet ali huseyin hasan ibrahim ismail osman yusuf murat omer ramazan halil suleyman abdullah \
     mahmut recep salih fatih kadir emre hakan adem kemal yasar bekir musa metin orhan serkan burak kerem eymen \
     cem can deniz volkan tolga ugur onur fatma ayse emine hatice zeynep elif meryem serife zehra sultan hanife merve \
     havva zeliha esra fadime ozlem hacer yasemin hulya cemile sevim gulsum leyla dilek busra aysel songul kubra \
     nur selin ebru sibel pinar gizem ece defne asli tugba",
    // Russian and Ukrainian.
    "aleksandr alexander alexandr sergey sergei dmitry dmitri andrey andrei alexey alexei aleksei maxim maksim evgeny \
     evgenii ivan mikhail nikolai nikolay vladimir artem artyom ilya denis pavel roman igor oleg yuri yury viktor \
     konstantin anton kirill vitaly stanislav vadim ruslan boris gleb egor nikita timur fyodor grigory leonid \
     oleksandr serhiy andriy volodymyr mykola mykhailo dmytro yuriy taras bohdan vasyl petro olena elena olga natalia \
     natalya anna tatiana tatyana irina ekaterina anastasia maria marina svetlana yulia julia ksenia evgenia nadezhda \
     lyudmila ludmila galina daria darya victoria viktoria polina alina oksana valentina larisa vera lyubov nina \
     iryna kateryna oleksandra yuliya tetiana halyna svitlana sofiya",
    // Arabic, Persian, Hebrew, in Latin letters.
    "mohamed mohammed muhammad mohammad ahmed ahmad mahmoud ali omar hassan hussein hussain ibrahim youssef yusuf khaled \
     khalid abdullah abdul abdel abdelrahman abdulrahman mustafa mostafa said saeed salem salim samir karim kareem \
     tariq tarek walid waleed bilal hamza rashid jamal nasser faisal fahad sultan majid ziad amine rachid hicham yassine \
     mehdi anas ayoub zakaria fatima aisha aicha khadija mariam maryam zainab zeinab layla leila nour noor hana huda \
     amina salma yasmin yasmine samira nadia rania dina mona heba sara farah lina reem hind rahma asma imane khadijah \
     latifa naima reza hossein mehdi amir hamid saeid farhad behnam zahra maryam parisa nasrin shirin yosef moshe david \
     avraham yitzhak yaakov shlomo eitan noam tamar rivka rachel yael shira noa avigail",
    // South Asia.
    "raj rahul amit sanjay rajesh suresh ramesh vijay anil sunil ajay vinod manoj ashok arun ravi deepak rakesh \
     mukesh dinesh mahesh prakash sandeep pradeep santosh vikram vikas rohit nitin ankit arjun aditya karthik krishna \
     ganesh harish gopal mohan naveen praveen srinivas venkatesh kumar aarav vihaan ishaan siddharth gaurav abhishek \
     varun nikhil kunal imran irfan asif faisal usman bilal tariq zubair arif rashid priya pooja neha anjali kavita \
     sunita anita rekha geeta seema meena asha usha lakshmi sita radha deepa divya swati shreya ananya aishwarya sneha \
     nisha ritu preeti jyoti kiran lata savita shanti padma saraswati aadhya diya kavya ishita sana ayesha sadia farzana \
     nasreen shabana hina rubina harpreet gurpreet manpreet jaspreet mandeep simran",
    // Chinese, in pinyin.
    "wei fang xiuying min jing lei qiang yang jun yong jie juan tao ming chao xiulan xia ping gang guiying hua fei \
     xin yan ling hong bin peng hui jianguo jianhua zhiqiang xiaoming xiaohong haoyu zihan yuxuan zixuan yichen haoran \
     mengyao ruoxi jiayi xinyi yutong meiling weiwei lili xiaoyan dandan tingting shan qing bo liang dong jian kai ting",
    // Japanese, in romaji.
    "hiroshi takashi kenji satoshi akira makoto minoru hideo kazuo masao takeshi yutaka kiyoshi isamu shigeru toshio \
     haruto yuto sota yuki hayato haruki ryusei koki daiki shota kenta takumi ren hinata yamato tatsuya naoki kazuki \
     daisuke tomoya ryo yusuke shinji kaito keiko yoko sachiko kazuko hiroko kyoko michiko yoshiko noriko tomoko \
     akiko yumiko naoko mayumi emi megumi ayumi sakura aoi hina yui mio rin miyu misaki haruka nanami ayaka \
     mai kana asuka chihiro rika miho eri junko fumiko toshimi",
    // Korean.
    "minjun seojun dohyun siwoo jihoon junseo hyunwoo jiho minho sungmin jinho youngsoo sangwoo taehyung jungkook seokjin \
     namjoon yoongi hoseok jimin minsu donghyun sunghoon jaewon kyungsoo jiwoo seoyeon minseo hayoon jiyoo yuna \
     jisoo jennie eunji soyeon hyejin minji yeji sujin jiyoung eunyoung youngja sunhee jieun hyunjin seulgi sooyoung",
    // Vietnam, South East Asia, Africa.
    "nguyet linh huong lan thao trang hoa mai dung hung tuan minh duc quang thanh nam long hai son khanh bao phuong anh \
     budi agus slamet siti dewi sri putri wati rina indah eko bambang hendra joko rizky nurul kofi kwame kwabena yaw \
     ama akosua abena chinedu chukwu emeka ngozi chioma adaeze oluwaseun ayodele babatunde folake funmilayo tunde thabo \
     sipho nomsa lerato themba zanele bongani mamadou ousmane moussa ibrahima amadou fatou aminata awa cheikh abdoulaye \
     juma wanjiku kamau njeri achieng otieno mwangi",
];
