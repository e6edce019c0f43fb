/**
 * Words that people choose first when asked for a password, in the languages spoken here: without accents, digits
 * in place of letters, or what is put before and after. One word stands for its many spellings.
 */
const words = `
  password passwort passwd passcode kennwort contrasena contrasenia clave letmein letmeinnow openup opensesame
  welcome welcomeback welcomehome willkommen bienvenido bienvenidos bienvenida hello helloworld hallo hallowelt hola
  holamundo goodmorning gutenmorgen buenosdias servus
  admin administrator administrador adminadmin root superuser user username benutzer benutzername usuario guest gast
  invitado login logmein signin access zugang acceso test testing tester testtest prueba default changeme changethis
  changemenow secret topsecret secreto geheim geheimnis master masterkey system server database computer internet
  windows samsung google facebook instagram whatsapp youtube amazon microsoft android iphone apple netflix
  regulars customer customers kunde kunden cliente clientes company firma empresa business office buero oficina shop
  laden tienda store bakery baeckerei panaderia coffee kaffee cafe restaurant friseur werkstatt taller
  qwerty qwertz qwertyui qwertzui qwertyuiop qwertzuiop asdf asdfgh asdfghjkl asdfjkl zxcvbn zxcvbnm yxcvbn yxcvbnm
  qazwsx qazwsxedc abc abcd abcdef abcdefg abcdefgh abcdefghij aaaaaa xxxxxx
  iloveyou iloveu loveyou loveme ichliebedich liebedich teamo tequiero mylove amor miamor meinschatz schatz schatzi
  liebling darling sweetheart baby babygirl princess prinzessin princesa angel engel sunshine sonnenschein butterfly
  schmetterling mariposa flower blume flor beautiful lovely forever friends freunde amigos family familie familia
  mother mutter mama father vater papa
  football fussball futbol soccer baseball basketball hockey tennis liverpool arsenal chelsea barcelona realmadrid
  bayern bayernmuenchen bayernmunchen dortmund schalke werder
  dragon drache monkey tiger lion shadow hunter killer ninja samurai superman batman spiderman starwars pokemon
  pikachu naruto minecraft fortnite matrix gandalf harrypotter phoenix mustang ferrari mercedes porsche harley
  michael jennifer jessica daniel andrea thomas alexander alejandro sebastian charlie ashley nicole michelle anthony
  jordan robert matthew joshua andrew stefanie katharina maximilian hannah francisco fernando guillermo
  summer winter spring autumn sommer fruehling fruhling herbst verano invierno primavera otono
  january february march april june july august september october november december januar februar maerz marz juni
  juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
  monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag
  sonntag lunes martes miercoles jueves viernes sabado domingo
  berlin hamburg muenchen munchen koeln koln frankfurt stuttgart wien zuerich zurich madrid sevilla valencia london
  newyork paris germany deutschland espana austria oesterreich osterreich schweiz america england
  freedom freiheit libertad whatever nothing nichts nada trustno trustnoone fuckyou fuckoff chocolate schokolade
  cookie cheese banana orange pepper ginger hahaha blabla lol
`
export const commonWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/))

/** Rows of keys and the like; any stretch of them, in either direction, is no password. */
export const runs: readonly string[] = [
  "01234567890123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "1q2w3e4r5t6y7u8i9o0p",
  "1q2w3e4r5t6z7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
  "qazwsxedcrfvtgbyhnujm",
  "zaq12wsxcde34rfv",
  "1a2b3c4d5e6f7g8h9i0j",
  "a1b2c3d4e5f6g7h8i9j0",
  "112233445566778899",
]
