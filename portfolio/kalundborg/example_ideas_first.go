package kalundborg

var adultsIdeas = []idea{
	{
		1, 28, public, quality, false, "Én samlet plan for borgere med flere forløb",
		"Borgere med flere samtidige forløb får én plan, som alle fagområder arbejder i. Planen viser mål, aftaler og kontaktpersoner på tværs. Borgeren kan følge den hjemmefra.",
	},
	{
		2, 31, municipal, efficiency, false, "Digital fakturakontrol på det specialiserede område",
		"Fakturaer fra tilbud uden for kommunen holdes automatisk op mod bevillingen. Kun afvigelser går til en medarbejder. Det mindsker både fejlbetalinger og tidsforbrug.",
	},
	{
		3, 35, municipal, quality, false, "Ny version af voksenudredningsmetoden i fagsystemet",
		"Fagsystemet opdateres til den nye udgave af voksenudredningsmetoden. Udredninger bliver ensartede og kan genbruges ved opfølgning. Medarbejderne undervises i mindre hold.",
	},
	{
		4, 38, local, service, false, "Borgerens egen kalender på bostederne",
		"Beboere får en enkel kalender på tablet med dagens aftaler, måltider og medarbejdere. Pårørende kan se med efter samtykke. Kalenderen afløser opslagstavlen.",
	},
	{
		5, 42, local, quality, false, "Velfærdsteknologi til større selvhjulpenhed i egen bolig",
		"Borgere med støtte i eget hjem afprøver påmindelser, struktur-apps og skærmbesøg. De løsninger, der virker, udbredes. Erfaringerne samles i et fælles katalog over hjælpemidler.",
	},
	{
		6, 45, public, efficiency, true, "Digital indberetning til Tilbudsportalen",
		"Oplysninger om tilbud og takster overføres fra egne systemer i stedet for at blive tastet to gange. Årshjulet for indberetning bliver kortere. Kontrollen flyttes til kilden.",
	},
}

var digitalIdeas = []idea{
	{
		11, 66, public, efficiency, true, "Overgang til den næste fælles login-løsning",
		"Fagsystemerne flyttes til den næste fællesoffentlige login-løsning. Lokale brugerkataloger nedlægges, hvor det er muligt. Overgangen planlægges system for system.",
	},
	{
		12, 70, public, efficiency, true, "Næste generation af Digital Post",
		"Afsendelse og modtagelse af digital post samles i én komponent. Fagsystemerne sender direkte, og fysisk post begrænses til undtagelser. Gamle formater udfases.",
	},
	{
		14, 77, public, quality, true, "Informationssikkerhed efter ISO 27001",
		"Risikovurderinger, beredskab og leverandørstyring samles i et ledelsessystem for informationssikkerhed. Hvert område får en ansvarlig. Der følges op en gang i kvartalet.",
	},
	{
		15, 80, municipal, efficiency, false, "Fælleskommunal rammearkitektur ved nye indkøb",
		"Nye systemer købes med krav om åbne snitflader efter rammearkitekturen. Standardkravene ligger klar til brug i udbud. Det gør senere skift af leverandør billigere.",
	},
	{
		16, 84, municipal, efficiency, false, "Samling af integrationer på den fælleskommunale serviceplatform",
		"Punkt til punkt-integrationer afløses af fælles services. Antallet af aftaler og overvågninger falder. De dyreste integrationer tages først.",
	},
	{
		17, 87, local, efficiency, false, "Oprydning i systemporteføljen",
		"Alle systemer får en ejer og en vurdering af brug og pris. Systemer, der dækker det samme, lægges sammen eller opsiges. Licenser uden brugere lukkes løbende.",
	},
	{
		18, 91, local, service, false, "Selvbetjent it-support for medarbejdere",
		"Medarbejdere kan selv nulstille adgangskoder, bestille udstyr og følge deres henvendelser. Vejledninger ligger samme sted. Servicedesken får tid til de svære sager.",
	},
	{
		19, 94, public, efficiency, false, "Grunddata fra Datafordeleren i fagsystemerne",
		"Adresser, ejendomme og virksomheder hentes fra de fælles grunddata. Lokale kopier og egne rettelser falder bort. Datafejl rettes ét sted til gavn for alle.",
	},
}

var planningIdeas = []idea{
	{
		22, 107, public, efficiency, true, "Fælles digital indgang til byggeansøgninger",
		"Ansøgninger modtages gennem den fælles løsning og går direkte til sagsbehandlingen. Mangler meldes automatisk tilbage til ansøgeren. Papiransøgninger scannes kun undtagelsesvis.",
	},
	{
		23, 110, public, quality, false, "Fuldt digitale plandata",
		"Lokalplaner udarbejdes som data og ikke kun som dokumenter. Bestemmelser kan søges på kort og genbruges i byggesagen. Ældre planer tilføjes efter behov.",
	},
	{
		24, 114, public, service, false, "Overblik over egne sager for borgere og virksomheder",
		"Ansøgere kan se, hvor langt deres sag er, og hvad der mangler. Forventet svartid vises og holdes opdateret. Antallet af opkald om status ventes at falde.",
	},
	{
		25, 118, municipal, service, false, "Fælles vejledning til byggesager",
		"En fælleskommunal guide fører ansøgeren gennem reglerne for garager, carporte og tilbygninger. Svarene følger med ansøgningen. Sagsbehandleren får færre ufuldstændige sager.",
	},
	{
		26, 121, local, efficiency, false, "Ruteplanlægning i vej og park",
		"Kørsel til drift af veje og grønne områder planlægges digitalt dag for dag. Opgaver lægges, hvor bilen alligevel kommer forbi. Kørte kilometer følges måned for måned.",
	},
	{
		27, 125, local, service, false, "Borgernes indberetning af fejl på veje og stier",
		"Huller, mørke lygter og væltede skilte meldes ind fra telefonen med billede og sted. Indmelderen får besked, når fejlen er rettet. Henvendelser fordeles uden om telefonen.",
	},
	{
		28, 128, local, service, false, "Åbne kort over kommunale projekter",
		"Et offentligt kort viser anlægsarbejder, høringer og planer. Borgere kan tilmelde sig besked om et område. Kortet opdateres fra de systemer, hvor projekterne styres.",
	},
	{
		29, 132, local, efficiency, false, "Droner til tilsyn og opmåling",
		"Tilsyn med tage, kyster og råstofgrave udføres med drone. Opmålingen bliver hurtigere og kræver færre besøg. Billederne gemmes på sagen.",
	},
	{
		30, 135, public, service, false, "Samlede ejendomsdata til køber og sælger",
		"Oplysninger om en ejendom samles og leveres automatisk ved salg. Mægleren henter dem uden at spørge kommunen. Fejl i registrene rettes undervejs.",
	},
}

var elderlyIdeas = []idea{
	{
		31, 139, municipal, quality, true, "Fælles sprog i omsorgsjournalen",
		"Dokumentationen i omsorgsjournalen omlægges til de fælles begreber. Oplysninger kan følge borgeren mellem hjemmepleje, træning og sygepleje. Superbrugere hjælper i hver gruppe.",
	},
	{
		32, 143, public, quality, true, "Fælles Medicinkort i hjemmeplejen",
		"Medicin håndteres med udgangspunkt i det fælles medicinkort i hele hjemmeplejen. Afstemning sker ved hver ændring. Utilsigtede hændelser følges og drøftes.",
	},
	{
		33, 147, public, quality, false, "Digital kommunikation mellem sygehus, kommune og praksis",
		"Indlæggelses- og udskrivningsbeskeder sendes struktureret og på rette tid. Genoptræningsplaner kan læses direkte i journalen. Parterne følger op på mangler sammen.",
	},
	{
		34, 150, public, service, false, "Overblik over aftaler med sundhedsvæsenet",
		"Borgere og pårørende ser aftaler hos læge, sygehus og kommune ét sted. Påmindelser kan sendes som besked. Ændringer slår igennem samme dag.",
	},
	{
		35, 154, municipal, efficiency, false, "Disponering og ruter i hjemmeplejen",
		"Besøg planlægges efter kompetence, tid og afstand. Afbud og sygdom omdisponeres på få minutter. Andelen af tiden hos borgeren måles.",
	},
	{
		36, 158, municipal, quality, false, "Digital genoptræning i hjemmet",
		"Borgere træner hjemme med øvelser på skærm og sensorer, der viser udførelsen. Terapeuten følger med og justerer. Fremmødet samles om det, der kræver hænder.",
	},
	{
		37, 161, municipal, efficiency, false, "Elektroniske låse hos borgere",
		"Nøglebokse afløses af elektroniske låse, som åbnes fra telefonen. Kørsel efter nøgler falder bort. Adgang kan gives og lukkes med det samme.",
	},
	{
		38, 165, local, quality, false, "Sensorer mod fald på plejecentre",
		"Sensorer i gulv og seng giver besked, når en beboer er på vej op. Personalet kan hjælpe i tide og behøver færre faste tilsyn. Faldulykker registreres før og efter.",
	},
	{
		39, 169, local, service, false, "Skærmbesøg hos borgere, der ønsker det",
		"Korte besøg om medicin, måltider og tryghed kan holdes over skærm. Borgeren vælger selv og kan vælge om. Tiden bruges til de besøg, der kræver fremmøde.",
	},
	{
		40, 173, local, efficiency, false, "Digital bestilling af hjælpemidler",
		"Visitatorer bestiller fra depotet på telefonen og ser, hvad der er hjemme. Levering og afhentning samles på ruter. Hjælpemidler kan spores og genbruges.",
	},
	{
		41, 177, public, quality, false, "Telemedicinsk vurdering af sår",
		"Sygeplejersken deler billeder og målinger af sår med sygehusets specialister. Behandlingen justeres uden transport. Forløbet dokumenteres begge steder.",
	},
}

var financeIdeas = []idea{
	{
		43, 186, public, efficiency, true, "Elektroniske fakturaer og ordrer i fælles format",
		"Ordrer, fakturaer og kreditnotaer udveksles i det fælles format. Leverandører, der sender andet, får hjælp til at komme med. Fakturaer matches automatisk med ordren.",
	},
	{
		44, 190, municipal, efficiency, false, "Fælles indkøbsaftaler og digital ordreafgivelse",
		"Indkøb sker fra kataloger med aftalte priser. Afvigelser fra aftalerne vises for den enkelte leder. Nye aftaler lægges ind fra første dag.",
	},
	{
		45, 193, local, efficiency, false, "Softwarerobotter til afstemning og bogføring",
		"Ensartede afstemninger og omposteringer udføres af en softwarerobot om natten. Medarbejderen ser kun afvigelserne. De første fem processer vælges efter tidsforbrug.",
	},
	{
		46, 197, local, quality, false, "Ledelsesinformation til budgetansvarlige",
		"Budgetansvarlige får forbrug, prognose og fravær på én side hver måned. Tallene kan åbnes ned til bilaget. Siden afløser en række regneark.",
	},
	{
		47, 200, local, efficiency, false, "Digital indberetning af løn og fravær",
		"Vagter, tillæg og fravær indberettes, hvor de opstår, og godkendes på telefonen. Papirsedler forsvinder. Fejl i lønnen fanges, før den kører.",
	},
}
