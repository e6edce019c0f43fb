/** Something the person who starts Regulars can put right; the message says what and how. */
export class PostgresProblem extends Error {
  override name = "PostgresProblem"
}
