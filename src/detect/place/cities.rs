//! Large cities of the world, in English and in their own languages.

/// Lists by part of the world, each apart by commas.
pub(super) const CITIES: &[&str] = &[
    // The British Isles.
    "london,birmingham,manchester,leeds,glasgow,sheffield,bradford,liverpool,edinburgh,bristol,cardiff,leicester,wakefield,\
     coventry,nottingham,newcastle,newcastle upon tyne,sunderland,belfast,brighton,hull,plymouth,stoke-on-trent,wolverhampton,\
     derby,southampton,swansea,aberdeen,portsmouth,york,oxford,cambridge,norwich,exeter,dundee,reading,luton,dublin,cork,limerick,galway",
    // France, Belgium, Luxembourg, Switzerland.
    "paris,marseille,lyon,toulouse,nice,nantes,montpellier,strasbourg,bordeaux,lille,rennes,reims,toulon,saint-etienne,le havre,\
     grenoble,dijon,angers,nimes,villeurbanne,clermont-ferrand,le mans,aix-en-provence,brest,tours,amiens,limoges,annecy,metz,\
     besancon,perpignan,orleans,rouen,mulhouse,caen,nancy,brussels,bruxelles,brussel,antwerp,antwerpen,ghent,gent,charleroi,liege,\
     bruges,brugge,namur,leuven,mons,luxembourg,zurich,geneva,geneve,genf,basel,lausanne,bern,winterthur,lucerne,luzern,st. gallen,lugano",
    // Germany and Austria.
    "berlin,hamburg,munich,munchen,muenchen,cologne,koln,koeln,frankfurt,frankfurt am main,stuttgart,dusseldorf,duesseldorf,\
     leipzig,dortmund,essen,bremen,dresden,hanover,hannover,nuremberg,nurnberg,nuernberg,duisburg,bochum,wuppertal,bielefeld,bonn,munster,\
     muenster,mannheim,karlsruhe,augsburg,wiesbaden,monchengladbach,gelsenkirchen,aachen,braunschweig,kiel,chemnitz,halle,magdeburg,\
     freiburg,krefeld,mainz,lubeck,luebeck,erfurt,oberhausen,rostock,kassel,hagen,potsdam,saarbrucken,hamm,ludwigshafen,oldenburg,\
     leverkusen,osnabruck,heidelberg,darmstadt,regensburg,ingolstadt,wurzburg,wolfsburg,ulm,heilbronn,gottingen,vienna,wien,graz,linz,\
     salzburg,innsbruck,klagenfurt",
    // Spain, Portugal, Italy.
    "madrid,barcelona,valencia,seville,sevilla,zaragoza,malaga,murcia,palma,las palmas,bilbao,alicante,cordoba,valladolid,vigo,gijon,\
     granada,vitoria,elche,oviedo,pamplona,almeria,san sebastian,santander,burgos,salamanca,cadiz,lisbon,lisboa,porto,braga,coimbra,\
     funchal,setubal,aveiro,faro,rome,roma,milan,milano,naples,napoli,turin,torino,palermo,genoa,genova,bologna,florence,firenze,bari,\
     catania,venice,venezia,verona,messina,padua,padova,trieste,taranto,brescia,parma,prato,modena,reggio calabria,reggio emilia,\
     perugia,ravenna,livorno,cagliari,foggia,rimini,salerno,ferrara,sassari,bergamo,pescara,trento,bolzano",
    // The Netherlands and the North.
    "amsterdam,rotterdam,the hague,den haag,utrecht,eindhoven,groningen,tilburg,almere,breda,nijmegen,arnhem,haarlem,enschede,\
     amersfoort,apeldoorn,'s-hertogenbosch,den bosch,maastricht,leiden,dordrecht,zwolle,delft,copenhagen,kobenhavn,aarhus,odense,\
     aalborg,stockholm,gothenburg,goteborg,malmo,uppsala,vasteras,orebro,linkoping,helsingborg,norrkoping,oslo,bergen,trondheim,stavanger,\
     tromso,helsinki,espoo,tampere,vantaa,oulu,turku,reykjavik",
    // Central and eastern Europe.
    "warsaw,warszawa,krakow,cracow,lodz,wroclaw,poznan,gdansk,szczecin,bydgoszcz,lublin,katowice,bialystok,gdynia,prague,praha,brno,\
     ostrava,plzen,bratislava,kosice,budapest,debrecen,szeged,pecs,bucharest,bucuresti,cluj-napoca,timisoara,iasi,constanta,brasov,\
     sofia,plovdiv,varna,burgas,belgrade,beograd,novi sad,zagreb,split,rijeka,ljubljana,maribor,sarajevo,skopje,tirana,pristina,\
     podgorica,athens,athina,thessaloniki,patras,nicosia,limassol,valletta,vilnius,kaunas,riga,tallinn,tartu,kyiv,kiev,kharkiv,odesa,\
     odessa,dnipro,lviv,minsk,chisinau,moscow,moskva,saint petersburg,st. petersburg,novosibirsk,yekaterinburg,kazan,nizhny novgorod,\
     chelyabinsk,samara,omsk,rostov-on-don,ufa,krasnoyarsk,voronezh,perm,volgograd,tbilisi,yerevan,baku",
    // North America.
    "new york,new york city,los angeles,chicago,houston,phoenix,philadelphia,san antonio,san diego,dallas,san jose,austin,\
     jacksonville,fort worth,columbus,charlotte,san francisco,indianapolis,seattle,denver,washington,boston,el paso,nashville,detroit,\
     oklahoma city,portland,las vegas,memphis,louisville,baltimore,milwaukee,albuquerque,tucson,fresno,sacramento,mesa,kansas city,\
     atlanta,omaha,colorado springs,raleigh,long beach,virginia beach,miami,oakland,minneapolis,tulsa,tampa,arlington,new orleans,\
     wichita,cleveland,bakersfield,aurora,anaheim,honolulu,riverside,santa ana,corpus christi,lexington,st. louis,pittsburgh,\
     cincinnati,anchorage,orlando,st. paul,buffalo,newark,toronto,montreal,vancouver,calgary,edmonton,ottawa,winnipeg,quebec,\
     hamilton,kitchener,halifax,victoria,mississauga,mexico city,ciudad de mexico,guadalajara,monterrey,puebla,tijuana,leon,ciudad juarez,\
     merida,queretaro,cancun,guatemala city,san salvador,tegucigalpa,managua,panama city,havana,la habana,santo domingo,kingston,\
     port-au-prince,san juan",
    // South America.
    "sao paulo,rio de janeiro,brasilia,salvador,fortaleza,belo horizonte,manaus,curitiba,recife,goiania,belem,porto alegre,guarulhos,\
     campinas,florianopolis,natal,joao pessoa,vitoria,santos,buenos aires,cordoba,rosario,mendoza,la plata,tucuman,mar del plata,\
     santiago,valparaiso,concepcion,bogota,medellin,cali,barranquilla,cartagena,lima,arequipa,trujillo,cusco,quito,guayaquil,cuenca,\
     caracas,maracaibo,la paz,santa cruz de la sierra,cochabamba,asuncion,montevideo,georgetown,paramaribo",
    // Asia.
    "tokyo,yokohama,osaka,nagoya,sapporo,fukuoka,kobe,kyoto,kawasaki,saitama,hiroshima,sendai,seoul,busan,incheon,daegu,daejeon,\
     gwangju,pyongyang,beijing,shanghai,guangzhou,shenzhen,tianjin,chongqing,chengdu,wuhan,hangzhou,xi'an,xian,nanjing,suzhou,shenyang,\
     qingdao,dalian,harbin,jinan,zhengzhou,changsha,kunming,foshan,dongguan,ningbo,xiamen,hefei,hong kong,macau,taipei,kaohsiung,taichung,\
     manila,quezon city,cebu,davao,hanoi,ho chi minh city,da nang,bangkok,chiang mai,phnom penh,vientiane,yangon,kuala lumpur,penang,\
     johor bahru,singapore,jakarta,surabaya,bandung,medan,semarang,denpasar,mumbai,bombay,delhi,new delhi,bangalore,bengaluru,hyderabad,\
     ahmedabad,chennai,kolkata,calcutta,surat,pune,jaipur,lucknow,kanpur,nagpur,indore,thane,bhopal,visakhapatnam,patna,vadodara,ludhiana,\
     kochi,karachi,lahore,faisalabad,rawalpindi,islamabad,peshawar,multan,dhaka,chittagong,colombo,kathmandu,kabul,tashkent,almaty,astana,\
     bishkek,ulaanbaatar,tehran,mashhad,isfahan,shiraz,tabriz,baghdad,basra,mosul,erbil,damascus,aleppo,beirut,amman,jerusalem,tel aviv,\
     haifa,riyadh,jeddah,mecca,medina,dammam,dubai,abu dhabi,sharjah,doha,manama,kuwait city,muscat,sanaa,istanbul,ankara,izmir,bursa,\
     adana,antalya,konya,gaziantep",
    // Africa and Oceania.
    "cairo,alexandria,giza,tunis,algiers,oran,casablanca,rabat,fes,marrakesh,marrakech,tangier,tripoli,khartoum,addis ababa,nairobi,\
     mombasa,kampala,kigali,dar es salaam,lagos,abuja,kano,ibadan,accra,kumasi,abidjan,dakar,bamako,conakry,ouagadougou,niamey,lome,\
     cotonou,douala,yaounde,kinshasa,lubumbashi,luanda,lusaka,harare,maputo,antananarivo,johannesburg,cape town,durban,pretoria,\
     port elizabeth,bloemfontein,windhoek,gaborone,mogadishu,freetown,monrovia,sydney,melbourne,brisbane,perth,adelaide,gold coast,\
     canberra,hobart,darwin,newcastle,auckland,wellington,christchurch,dunedin,suva,port moresby",
];
