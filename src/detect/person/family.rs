//! The family names that are common in each language, without accents.

/// Lists by language, each apart by blanks.
pub(super) const FAMILY: &[&str] = &[
    // English.
    "smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson \
     thomas taylor moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker \
     young allen king wright scott torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell \
     carter roberts gomez phillips evans turner diaz parker cruz edwards collins reyes stewart morris morales murphy \
     cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward richardson watson \
     brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross \
     foster jimenez powell jenkins perry russell sullivan bell coleman butler henderson barnes gonzales fisher vasquez \
     simmons romero jordan patterson alexander hamilton graham reynolds griffin wallace moreno west cole hayes bryant \
     herrera gibson ellis tran medina stevens murray ford castro marshall owens harrison fernandez mcdonald woods \
     washington kennedy wells vargas henry chen freeman webb tucker guzman burns crawford olson simpson porter hunter \
     gordon mendez silva shaw snyder mason dixon munoz hunt hicks holmes palmer wagner black robertson boyd rose stone \
     salazar fox warren mills meyer rice schmidt garza daniels ferguson nichols stephens soto weaver ryan gardner payne \
     grant dunn kelley spencer hawkins arnold pierce hansen peters santos hart bradley knight elliott cunningham duncan \
     armstrong hudson carroll lane riley andrews alvarado ray delgado berry perkins hoffman johnston matthews pena \
     richards contreras willis carpenter lawrence sandoval davies khan walsh clarke lloyd griffiths bates chapman \
     shepherd doyle o'brien o'connor o'neill o'sullivan byrne mccarthy gallagher doherty macdonald mackenzie macleod \
     atkinson barker booth bolton dawson fletcher hartley higgins jarvis mackay norris parsons pearce pritchard",
    // French.
    "martin bernard thomas petit robert richard durand dubois moreau laurent simon michel lefebvre leroy roux david \
     bertrand morel fournier girard bonnet dupont lambert fontaine rousseau vincent muller lefevre faure andre mercier \
     blanc guerin boyer garnier chevalier francois legrand gauthier garcia perrin robin clement morin nicolas henry \
     roussel mathieu gautier masson marchand duval denis dumont marie lemaire noel meyer dufour meunier brun blanchard \
     giraud joly riviere lucas brunet gaillard barbier arnaud martinez gerard roche renard schmitt roy leroux colin \
     vidal caron picard roger fabre aubert lemoine renaud dumas lacroix olivier philippe bourgeois pierre benoit rey \
     leclerc payet rolland leclercq guillaume lecomte tremblay gagnon bouchard gauthier bergeron pelletier lavoie",
    // German.
    "muller mueller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schafer koch bauer richter klein \
     wolf schroder neumann schwarz zimmermann braun kruger hofmann hartmann lange schmitt werner schmitz krause meier \
     lehmann schmid schulze maier kohler herrmann konig walter mayer huber kaiser fuchs peters lang scholz moller weiss \
     jung hahn schubert vogel friedrich keller gunther frank berger winkler roth beck lorenz baumann franke albrecht \
     schuster simon ludwig bohm winter kraus martin schumacher kramer vogt stein jager otto sommer gross seidel heinrich \
     brandt haas schreiber graf schulte dietrich ziegler kuhn kuhn pohl engel horn busch bergmann thomas voigt sauer \
     arnold wolff pfeiffer gruber steiner moser egger pichler huber leitner hofer brunner ammann gerber wyss schaefer \
     schroeder krueger koenig guenther boehm jaeger koehler",
    // Spanish.
    "garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez hernandez ruiz diaz moreno \
     munoz alvarez romero gutierrez alonso navarro torres dominguez ramos vazquez ramirez gil serrano morales molina \
     blanco suarez castro ortega delgado ortiz marin rubio nunez medina sanz castillo iglesias cortes garrido santos \
     guerrero lozano cano cruz mendez flores prieto herrera pena leon marquez cabrera gallego calvo vidal campos reyes \
     vega fuentes carrasco diez aguilar caballero nieto santana vargas pascual gimenez herrero hidalgo montero lorenzo \
     santiago benitez duran ibanez arias mora ferrer carmona vicente rojas soto crespo roman pastor velasco parra saez \
     moya bravo rivera gallardo soler rivas mendoza zapata salinas valdez acosta espinoza quispe mamani huaman paredes \
     cordero pacheco ponce figueroa escobar avila rios villarreal cervantes trujillo",
    // Italian.
    "rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti de-luca mancini costa \
     giordano rizzo lombardi moretti barbieri fontana santoro mariani rinaldi caruso ferrara galli martini leone longo \
     gentile martinelli vitale lombardo serra coppola de-santis d'angelo marchetti parisi villa conte ferraro ferri \
     fabbri bianco marini grasso valentini messina sala gatti pellegrini palumbo sanna farina rizzi monti cattaneo \
     morelli amato silvestri mazza testa grassi pellegrino carbone giuliani benedetti barone rossetti caputo montanari \
     guerra palmieri bernardi martino fiore de-rosa ferretti bellini basile riva donati piras vitali battaglia sartori",
    // Portuguese.
    "silva santos ferreira pereira oliveira costa rodrigues martins jesus sousa souza fernandes goncalves gomes lopes \
     marques alves almeida ribeiro pinto carvalho teixeira moreira correia mendes nunes soares vieira monteiro cardoso \
     rocha neves coelho cruz cunha pires ramos reis simoes antunes matos fonseca machado araujo barbosa tavares lourenco \
     castro figueiredo azevedo freitas magalhaes henriques lima barros melo campos dias nascimento andrade moraes \
     cavalcanti batista miranda borges medeiros dantas nogueira peixoto sampaio siqueira",
    // Dutch and Flemish.
    "jong vries bakker janssen jansen visser smit meijer mulder boer bos vos peters hendriks dekker brouwer dijk wit \
     dijkstra smits graaf meer linden kok jacobs haan vermeulen heuvel veen broek hoekstra maas verhoeven koster dam \
     willems wouters goossens peeters maes mertens claes devos desmet dubois lambert dewit timmermans hermans aerts \
     segers wuyts vandenberghe vandamme michiels coppens pauwels smets hendrickx martens kuipers veenstra postma kramer \
     schouten scholten blom huisman groot kuiper prins zijlstra molenaar berg vandenberg jonge",
    // Polish.
    "nowak kowalski kowalska wisniewski wisniewska wojcik kowalczyk kaminski kaminska lewandowski lewandowska zielinski \
     zielinska szymanski szymanska wozniak dabrowski dabrowska kozlowski kozlowska jankowski jankowska mazur kwiatkowski \
     wojciechowski krawczyk kaczmarek piotrowski grabowski zajac pawlowski michalski krol wieczorek jablonski wrobel \
     nowakowski majewski olszewski stepien malinowski jaworski adamczyk dudek nowicki pawlak gorski witkowski walczak \
     sikora baran rutkowski michalak szewczyk ostrowski tomaszewski pietrzak zalewski wroblewski marciniak jasinski",
    // Danish, Finnish, Icelandic, Norwegian, Swedish.
    "andersson johansson karlsson nilsson eriksson larsson olsson persson svensson gustafsson pettersson jonsson jansson \
     hansson bengtsson jonsson lindberg jakobsson magnusson olofsson lindstrom lindqvist lindgren berg axelsson bergstrom \
     lundberg lind lundgren lundqvist mattsson berglund fredriksson sandberg henriksson forsberg sjoberg wallin engstrom \
     nielsen jensen hansen pedersen andersen christensen larsen sorensen rasmussen jorgensen petersen madsen kristensen \
     olsen thomsen christiansen poulsen johansen moller mortensen knudsen broberg bruun johnsen kristiansen karlsen \
     eriksen halvorsen hagen jacobsen haugen bakken strand lund moen solberg korhonen virtanen makinen nieminen makela \
     hamalainen laine heikkinen koskinen jarvinen lehtonen lehtinen saarinen salminen heinonen niemi heikkila salonen \
     kinnunen turunen salo laitinen jonsdottir sigurdsson gudmundsson gunnarsson olafsson einarsson",
    // Romanian, Hungarian, Czech, Slovak, Bulgarian, Croatian, Serbian, Slovenian, Greek, Baltic.
    "popa popescu ionescu pop radu dumitru stan stoica gheorghe matei ciobanu rusu constantinescu dumitrescu marin \
     tudor dobre barbu nistor florea munteanu dinu georgescu stanciu nagy kovacs toth szabo horvath varga kiss molnar \
     nemeth farkas balogh papp takacs juhasz lakatos meszaros olah simon racz fekete szilagyi gelencser szollosy novak \
     svoboda novotny dvorak cerny prochazka kucera vesely horak nemec pokorny pospisil hajek jelinek kral ruzicka benes \
     fiala sedlak dolezal zeman kolar navratil cervenkova novakova svobodova novotna dvorakova cerna prochazkova ivanov \
     georgiev dimitrov petrov nikolov hristov todorov stoyanov ivanova georgieva dimitrova petrova jovanovic petrovic \
     nikolic markovic djordjevic stojanovic ilic stankovic pavlovic milosevic horvat kovacevic babic maric juric novakovic \
     zupan krajnc potocnik papadopoulos papadopoulou georgiou pappas vasileiou dimitriou ioannou nikolaidis oikonomou \
     kazlauskas petrauskas jankauskas stankevicius berzins kalnins ozolins ozola tamm saar sepp kask hoxha shehu prifti",
    // Turkish.
    "yilmaz kaya demir sahin celik yildiz yildirim ozturk aydin ozdemir arslan dogan kilic aslan cetin kara koc kurt \
     ozkan simsek polat korkmaz ozcan cakir erdogan yavuz can acar sen aktas guler yalcin gunes bozkurt bulut keskin \
     unal turan gul ozer isik kaplan avci sari tekin tas kose yuksel ates aksoy coskun bayrak guven",
    // Russian and Ukrainian.
    "ivanov smirnov kuznetsov popov vasiliev vasilyev petrov sokolov mikhailov novikov fedorov morozov volkov alekseev \
     lebedev semenov egorov pavlov kozlov stepanov nikolaev orlov andreev makarov nikitin zakharov zaitsev solovyov \
     borisov yakovlev grigoriev romanov vorobyov sergeev kuzmin frolov alexandrov dmitriev korolev gusev kiselev ilyin \
     maximov polyakov sorokin vinogradov kovalev belov medvedev antonov tarasov zhukov baranov filippov komarov davydov \
     ivanova smirnova kuznetsova popova vasilyeva petrova sokolova mikhailova novikova fedorova morozova volkova \
     alekseeva lebedeva semenova egorova pavlova kozlova stepanova nikolaeva orlova shevchenko kovalenko bondarenko \
     tkachenko kravchenko oliynyk koval melnyk polishchuk lysenko marchenko savchenko rudenko petrenko boyko shevchuk",
    // Arabic, Persian, Hebrew, in Latin letters.
    "mohamed ahmed ali hassan hussein ibrahim mahmoud khan abdullah saleh salem mansour haddad khoury nasser najjar \
     al-farsi al-harbi al-ghamdi al-qahtani al-otaibi al-zahrani al-shammari al-mutairi elsayed el-sayed abbas aziz \
     hamad hamdan darwish shaheen fayed farouk gamal sharif qureshi siddiqui rahman rahmani hosseini ahmadi mohammadi \
     karimi rezaei moradi jafari hashemi ebrahimi benali bouzid belkacem benmoussa alaoui idrissi tazi fassi amrani \
     ziani cherif mansouri trabelsi cohen levi levy mizrahi peretz biton dahan avraham friedman katz azoulay malka",
    // South Asia.
    "kumar singh sharma verma gupta patel shah mehta reddy rao nair menon iyer iyengar pillai das bose banerjee \
     mukherjee chatterjee ghosh sen dutta roy chakraborty agarwal aggarwal jain kapoor khanna malhotra chopra arora \
     bhatia mishra pandey tiwari dubey yadav chauhan rathore thakur joshi kulkarni deshpande patil pawar jadhav shinde \
     naidu naik desai trivedi bhatt saxena srivastava sinha prasad gill sandhu sidhu dhillon grewal kaur begum hussain \
     ahmed iqbal malik chaudhry butt sheikh siddiqui ansari qureshi akhtar mirza perera fernando silva jayawardena \
     bandara gunawardena thapa gurung shrestha tamang islam rahman hossain chowdhury",
    // Chinese, in pinyin, and as written in Hong Kong and Taiwan.
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang xu \
     han feng deng cao peng zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao lo chan \
     cheung wong leung lau ng cheng ho chow chu lam tsang tse yip fong kwok hsu tsai lai yeh chiu tseng hsieh",
    // Japanese, in romaji.
    "sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto \
     inoue kimura hayashi shimizu saito yamazaki mori abe ikeda hashimoto yamashita ishikawa nakajima maeda fujita ogawa \
     goto okada hasegawa murakami kondo ishii sakamoto endo aoki fujii nishimura fukuda ota miura fujiwara okamoto \
     matsuda nakagawa nakano harada ono tamura takeuchi kaneko wada nakayama ishida ueda morita hara shibata sakai kudo \
     yokoyama miyazaki miyamoto uchida takagi ando taniguchi ohno maruyama imai arata horiguchi fujimoto takeda murata",
    // Korean.
    "kim lee park choi jung jeong kang cho yoon jang lim im han oh seo shin kwon hwang ahn song ryu yoo hong jeon moon \
     yang ko bae baek heo nam sim noh ha joo koo min jin ji eom byun",
    // Vietnam, South East Asia, Africa.
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ngo duong ly dinh truong santoso wijaya setiawan hidayat \
     saputra pratama nugroho susanto gunawan rahayu reyes cruz bautista ocampo mendoza aquino dela-cruz villanueva \
     mensah owusu osei boateng asante appiah okafor okonkwo okeke eze nwosu adeyemi adebayo ogunleye balogun musa dlamini \
     nkosi ndlovu khumalo mkhize zulu molefe mokoena botha venter pretorius merwe coetzee diop ndiaye fall diallo \
     ba sow traore coulibaly keita toure kone camara cisse kamau mwangi otieno kiplagat ochieng wanjiru mutua",
];
