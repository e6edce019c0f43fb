/** Short and pet forms of given names in English, German and Spanish, folded; the full form first. */
const families = `
abigail abby abbie gail
albert al bert bertie alberto
alejandro alex ale jandro
alejandra alex ale sandra
alexander alex xander sandy sascha alec lex
alexandra alex sandra sandy lexi sascha
alfonso poncho fonso
alfred fred alfie freddy alfredo
amanda mandy
andrew andy drew
andreas andi andy
andrea andi
angela angie angelika geli
anna anne ann annie anni anja anita
anthony tony antony
antonio tony tono toni
antonia toni tonia
annemarie anne annemie
barbara barb babs barbie babsi baerbel
bartholomew bart
beatrice bea trixie beatriz beatrix
benjamin ben benny benji
bernhard bernd berni hardy
bernard bernie
brigitte gitte gitti biggi
carlos carlitos charly
caroline carol carrie caro carolin carolina
catherine kate kathy cathy katie cat kathryn katherine kath kit catalina
charles charlie chuck chas carl
charlotte lotte lotta charly lottie
christian chris kris christan
christina chris tina chrissy christine kristina cristina
christopher chris kit topher christoph stoffel
clara klara clarita
concepcion concha conchita
cornelia conny nelly
cynthia cindy
daniel dan danny dani
daniela dani danni danielle
david dave davey davy
deborah deb debbie debby
diego santi
dolores lola
donald don donnie
dominik domi nick dominic
dorothy dot dottie dolly dorothea thea doro
eduardo edu lalo
edward ed eddie ted teddy ned eduard
eleanor ellie nell nora leonor ella
elizabeth liz lizzie beth betty eliza betsy elisabeth lisa elli sissi lisbeth libby isabel isabella bella elsa
emily em emmy milly emilia
enrique quique kike
ernst ernesto ernest ernie neto
esperanza espe
eugene gene eugen
eva evi evita
evelyn eve evie
fernando nando fer
florian flo
frances fran fanny francine franny
francis frank fran
francisca paca paqui
francisco paco pancho curro fran kiko
franziska franzi fanny ziska
franz franzl frank
frederick fred freddie freddy rick frederic
friedrich fritz fred friedel friedhelm
gabriel gabe gabi
gabriele gabi gaby gabriela gabrielle
georg schorsch joerg
george georgie
gerald gerry jerry
gerhard gerd hardy
gertrude trudi trudy gerti gertrud
gillian jill gill
gonzalo gonza
graciela chela
gregory greg
gregor greg
gregorio goyo
guadalupe lupe lupita
guillermo memo guille
guenther guenter gunther gunter
gustav gustl
hannelore hanne lore
hannah hanna johanna
harold harry hal
heinrich heinz heiner henry
helen nell helena ellen lena
helmut helmuth
henry harry hank hal
herbert herb bert
hildegard hilde
ignacio nacho
irene reni
isabel isa chabela bella isabella
jacob jake jakob
jacqueline jackie
jaime jaimito
james jim jimmy jamie jem
jan janek
janet jan jenny
jennifer jen jenny jenni
jeffrey jeff geoffrey geoff
jeremy jerry jem
jessica jess jessie
jesus chucho chus
joachim jochen achim jo
joan joanie
joaquin quino
johann hans johannes hannes
john jack johnny jon
jonathan jon jonny johnny nathan
joseph joe joey jo
josef sepp josefs joschi
jose pepe chepe
josefa pepa
josephine josie jo josefine fine
joshua josh
juan juanito juancho
judith judy judi
julia julie jule
julian jules
juergen jurgen
karl carl kalle charly
karin karina
katharina kathi kati kathrin katrin kaethe katja katarina
kenneth ken kenny
klaus claus nikolaus niklas nico
konrad konni conrad
kristin kris
laura lauri
lawrence larry laurie laurence lorenzo
leonard leo len lenny leonhard leonardo
lillian lily lilly lil
louis lou louie ludwig luis
louise lou luise luisa
lucia lucy luz luci
ludwig lutz wiggerl
luis lucho
magdalena magda lena leni
manfred manni fred
manuel manu manolo lolo
manuela manu
marcus mark markus marc marcos
margaret maggie meg peggy marge margie greta margarita maggy daisy rita
margarete grete gretel greta margret gretchen rita margarethe
maria mary mia mariechen maruja mari marie
martha marty
martin marty tino
martina tina
mary molly polly mamie may
matthew matt matty matthias
matthias matze mathias hias
matilda tilly mattie mathilde tilda
maximilian max maxi
mercedes merche
michael mike mick mickey micky mikey michi michel
michaela michi ela
michelle shelly
miguel mike miki
mildred millie
mohammed mohamed muhammad mo mehmet ahmed
monica mona monika moni
montserrat montse
nancy nan
nathaniel nathan nat nate
nicholas nick nicky nicolas nikolas nico klaus nicolaus niko
nicole nicky nici nikki
norbert bert
olivia liv livvy
oliver olli ollie
oswald ossi ozzy
pablo paul pablito
pamela pam
patricia pat patty tricia trish patsy pati
patrick pat paddy rick
peter pete
petra peti
philip phil pip philipp
pilar pili
rafael rafa rafi
raimund ray raymund
ramon moncho
raymond ray
rebecca becky becca reba rebekka
regina gina reggie
reginald reg reggie
reinhard reini hardy
reinhold reini
renate nate reni
ricardo richi rick rico
richard rick dick rich richie ricky rick richi
robert bob rob bobby robbie bert robin roberto robby
roberto beto berto rob
rodrigo rodri rodney
roland rolli
ronald ron ronnie
rosa rosi rosie rose rosita
rosario charo
rosemarie rosi romy rosemary
rudolf rudi rolf rudolph
russell russ
salvador chava salva
samantha sam sammy
samuel sam sammy
sandra sandy
santiago santi
sarah sally sadie sara
sebastian basti seb bastian wastl
sergio checo
sigrid siggi
siegfried siggi sigi
simon si
sofia sophie sophia sofi
stefan steffen stephan
stefanie steffi stephanie
stephen steve stevie steven
susan sue susie suzie suzanne
susanne susi sanne susanna susana
sylvia silvia silke
tamara tammy
teresa tere terry tess tessa theresa therese resi maite
theodor theo ted teddy
theodore ted teddy theo
thomas tom tommy tomas
timothy tim timmy
tobias tobi
ulrich uli ulli
ulrike uli ulli rike
ursula uschi ulla ursel
valentina vale valentine
veronica ronnie vero veronika vroni
vicente chente
victor vic viktor
victoria vicky tori viktoria
vincent vince vinnie vin
virginia ginny vicky
vivian viv
walter walt wally walther
werner wernher
wilfried willi fred
wilhelm willi willy
wilhelmina minnie mina willa
william bill will billy willy liam willie
winifred winnie
wolfgang wolf wolfi
xaver xaverl
yolanda yoli
zachary zach zack zak
`

const groupsOf = new Map<string, number[]>()
const heads: string[] = []
for (const line of families.trim().split("\n")) {
  const forms = line.split(" ")
  for (const form of new Set(forms)) groupsOf.set(form, [...(groupsOf.get(form) ?? []), heads.length])
  heads.push(forms[0] as string)
}

/** Whether two folded given names can be short and full form of one: "bob" and "robert". */
export function areNicknames(one: string, other: string): boolean {
  const groups = groupsOf.get(one)
  return groups?.some((group) => groupsOf.get(other)?.includes(group)) ?? false
}

/** The full form under which a folded given name is filed; a form of several names goes to the first. */
export function fullForm(name: string): string {
  const [group] = groupsOf.get(name) ?? []
  return group === undefined ? name : (heads[group] as string)
}
