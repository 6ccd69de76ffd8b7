package kalundborg

var citizensIdeas = []idea{
	{
		48, 204, public, efficiency, true, "Flytning og sundhedskort i én selvbetjening",
		"Flytning, lægevalg og sundhedskort klares i ét forløb. Oplysninger, som det offentlige har, skal ikke oplyses igen. Sager uden fejl behandles automatisk.",
	},
	{
		49, 207, public, service, true, "Samlet overblik på borger.dk",
		"Borgeren ser sine sager, ydelser og aftaler med kommunen ét sted. Fagsystemerne leverer status automatisk. Overblikket bygges ud område for område.",
	},
	{
		50, 211, public, efficiency, false, "Automatisk afgørelse i enkle ydelsessager",
		"Enkle sager med klare regler afgøres uden manuel behandling. Stikprøver sikrer kvaliteten. Medarbejderne bruger tiden på de sager, der kræver et skøn.",
	},
	{
		51, 214, public, service, false, "Digital fuldmagt og hjælp til ikke-digitale borgere",
		"Pårørende kan handle på borgerens vegne med en digital fuldmagt. Medarbejdere hjælper ved skærmen i borgerservice. Fritagelser følges op en gang om året.",
	},
	{
		52, 218, municipal, efficiency, true, "Nyt ydelsessystem efter monopolbruddet",
		"Kontanthjælp og øvrige ydelser flyttes til det nye fælleskommunale system. Arbejdsgange lægges om samtidig. Det gamle system lukkes, når de sidste sager er flyttet.",
	},
	{
		53, 221, public, service, false, "Breve, der kan forstås første gang",
		"Standardbreve skrives om, så afgørelsen og det næste skridt står først. Brevene afprøves hos borgere. Antallet af opkald efter udsendelse måles.",
	},
	{
		54, 225, local, service, false, "Tidsbestilling i borgerservice",
		"Borgere bestiller tid på nettet til pas, kørekort og vejledning. Bemandingen følger bestillingerne. Ventetiden vises på skærm og hjemmeside.",
	},
	{
		55, 228, local, efficiency, false, "Samlet telefon- og chatbetjening",
		"Opkald og chat betjenes af et fælles hold med adgang til de samme svar. Viderestilling begrænses. Emner med mange opkald bliver til selvbetjening.",
	},
}

var employmentIdeas = []idea{
	{
		56, 232, public, service, true, "Selvbooking af samtaler på Jobnet",
		"Ledige booker og flytter selv deres samtaler. Påmindelser sendes automatisk. Udeblivelser følges uge for uge.",
	},
	{
		57, 235, public, efficiency, false, "Automatisk indhentning af oplysninger i sygedagpengesager",
		"Oplysninger fra arbejdsgiver og læge hentes og lægges på sagen automatisk. Frister overvåges af systemet. Sagsbehandleren begynder med en fuldt oplyst sag.",
	},
	{
		58, 239, public, quality, false, "Fælles datagrundlag for beskæftigelsesindsatsen",
		"Effekten af tilbud måles på fælles data. Jobkonsulenterne ser, hvad der har virket for borgere i samme situation. Resultaterne drøftes hvert kvartal.",
	},
	{
		59, 242, municipal, efficiency, false, "Nyt sygedagpengesystem efter monopolbruddet",
		"Sygedagpenge flyttes til det nye fælleskommunale system. Beregning og udbetaling automatiseres. Medarbejderne undervises inden flytningen.",
	},
	{
		60, 246, municipal, quality, false, "Digital rehabiliteringsplan",
		"Rehabiliteringsteamets plan bliver fælles for jobcenter, sundhed og borger. Indstillinger skrives én gang. Aftaler kan følges efter mødet.",
	},
	{
		61, 249, local, efficiency, false, "Digitale partshøringer og afgørelser",
		"Partshøringer og afgørelser dannes fra skabeloner med sagens oplysninger. De sendes og journaliseres i ét trin. Skabelonerne vedligeholdes ét sted.",
	},
	{
		62, 253, local, service, false, "Virksomhedsservice ét sted på nettet",
		"Virksomheder finder rekruttering, tilskud og kontaktperson på én side. Henvendelser får svar inden for en arbejdsdag. Stillinger kan oprettes direkte.",
	},
}

var familiesIdeas = []idea{
	{
		63, 256, public, quality, true, "Digital underretning om børn og unge",
		"Underretninger modtages digitalt og struktureret fra skoler, læger og politi. Vurderingen inden for et døgn dokumenteres. Ledelsen følger antal og svartid.",
	},
	{
		64, 260, municipal, quality, false, "Fælles it-støtte til sager om udsatte børn",
		"Sagsbehandlingen følger en fælles metode, som systemet støtter trin for trin. Børnefaglige undersøgelser bliver ensartede. Opfølgning på handleplaner varsles.",
	},
	{
		65, 263, municipal, efficiency, false, "Digital dialog med anbringelsessteder",
		"Statusrapporter og fakturaer fra anbringelsessteder modtages digitalt og holdes op mod aftalen. Fejl i takster fanges før betaling. Rapporterne lægges på barnets sag.",
	},
	{
		66, 267, local, quality, false, "Sundhedsplejens journal for forældre",
		"Forældre kan se sundhedsplejens notater, vækstkurver og aftaler. Spørgsmål kan stilles mellem besøgene. Journalen følger barnet til skolestart.",
	},
	{
		67, 270, local, quality, false, "Tværfagligt overblik over barnets forløb",
		"Skole, dagtilbud, psykologer og sagsbehandlere ser de samme aftaler efter samtykke. Dobbelte møder undgås. Familien har én kontaktperson.",
	},
	{
		68, 274, local, service, false, "Tidsbestilling i tandplejen",
		"Forældre flytter og bekræfter tider fra telefonen. Ledige tider tilbydes andre samme dag. Antallet af udeblivelser følges.",
	},
}

var schoolsIdeas = []idea{
	{
		69, 277, municipal, service, true, "Ny fælles kommunikationsplatform for skole og dagtilbud",
		"Skoler og dagtilbud går over til den fælleskommunale platform. Forældre finder beskeder, kalender og billeder ét sted. Ibrugtagningen følger en plan for hver institution.",
	},
	{
		70, 281, municipal, quality, false, "Læringsplatform og elevplaner",
		"Forløb, opgaver og elevplaner samles i læringsplatformen. Lærerne deler materialer på tværs af skoler. Elever og forældre kan følge målene.",
	},
	{
		71, 284, public, quality, false, "Digitale læremidler i alle fag",
		"Alle fag får adgang til digitale læremidler, valgt af fagteams. Aftaler indgås samlet. Brugen følges, så aftaler uden brug kan opsiges.",
	},
	{
		72, 288, public, quality, false, "Digital dannelse og sikker adfærd på nettet",
		"Elever arbejder med kildekritik, privatliv og god tone fra de mindste klasser. Forældremøder får et fast oplæg. Skolerne deler forløb.",
	},
	{
		73, 291, local, efficiency, false, "Digital pladsanvisning til dagtilbud",
		"Opskrivning, tilbud og svar sker digitalt. Ledige pladser og venteliste opdateres dagligt. Prognosen for pladser bygger på de samme data.",
	},
	{
		74, 295, public, quality, false, "Data om trivsel og faglig udvikling i skoleledelsen",
		"Skoleledere får trivselsmålinger, fravær og resultater i et samlet billede. Data bruges i de årlige samtaler. Oplysninger om enkelte elever vises ikke.",
	},
	{
		75, 298, local, quality, false, "Teknologiforståelse som valgfag",
		"Udskolingen tilbyder valgfag i programmering og design. Udstyr deles mellem skolerne. Lokale virksomheder stiller opgaver.",
	},
	{
		76, 302, local, efficiency, false, "Fælles værktøj til skema og vikardækning",
		"Skemaer og vikarer planlægges i samme værktøj på alle skoler. Vikarer får besked på telefonen. Forbruget af eksterne vikarer følges.",
	},
	{
		77, 305, local, service, false, "Digital indmeldelse i SFO og klub",
		"Ind- og udmeldelse, moduler og betaling klares af forældrene selv. Ændringer slår igennem i opkrævningen samme måned. Papirblanketter udgår.",
	},
}

var cultureIdeas = []idea{
	{
		78, 309, public, service, false, "Digital adgang til kulturarv og arkiv",
		"Billeder, kort og protokoller fra lokalarkivet gøres søgbare på nettet. Frivillige hjælper med at beskrive dem. Skoler får forløb, der bruger samlingen.",
	},
	{
		79, 312, local, service, false, "Booking af haller og lokaler",
		"Foreninger ser ledige tider og booker selv. Nøgler afløses af koder. Ubrugte tider frigives automatisk.",
	},
	{
		80, 316, local, efficiency, false, "Energistyring i kommunale ejendomme",
		"Forbrug af varme, el og vand måles time for time. Afvigelser giver besked til driften. De ejendomme, der bruger mest, tages først.",
	},
	{
		81, 319, local, quality, false, "Digital vedligeholdelsesplan for bygninger",
		"Bygningers tilstand registreres ens og samles i en tiårig plan. Akutte skader meldes fra telefonen. Prioriteringen bliver synlig for brugerne.",
	},
}
