import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto"

type Cbor = number | string | Buffer | Map<number | string, Cbor>
/** As much of CBOR as authenticators write. */
function cbor(value: Cbor): Buffer {
  const head = (major: number, size: number) =>
    size < 24
      ? Buffer.from([(major << 5) | size])
      : size < 256
        ? Buffer.from([(major << 5) | 24, size])
        : Buffer.from([(major << 5) | 25, size >> 8, size & 255])
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, part]) => [cbor(key), cbor(part)])])
}
const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest()
const uint = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value])

export interface Device {
  origin?: string
  host?: string
  /** Whether it made sure who holds it. */
  verified?: boolean
  counter?: number
  type?: string
}
/** A device that makes one passkey and signs with it, also what no honest one would. */
export function newDevice(own: Device = {}) {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const credentialId = randomBytes(32)
  const id = credentialId.toString("base64url")
  let uses = 0
  let userHandle = ""
  const flags = (verified: boolean, more = 0) => Buffer.from([1 | (verified ? 4 : 0) | more])
  const clientData = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  return {
    /** Answers what `POST /auth/passkeys/options` asks. */
    create(options: { challenge: string; user: { id: string } }) {
      const { origin = "http://localhost:3000", host = "localhost", verified = true } = own
      userHandle = options.user.id
      const { x = "", y = "" } = keys.publicKey.export({ format: "jwk" })
      const key = new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x, "base64url")],
        [-3, Buffer.from(y, "base64url")],
      ])
      const data = Buffer.concat([
        ...[sha256(host), flags(verified, 64), uint(0), Buffer.alloc(16)],
        ...[Buffer.from([0, 32]), credentialId, cbor(key)],
      ])
      const attestation = cbor(
        new Map<string, Cbor>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", data],
        ]),
      )
      const response = {
        clientDataJSON: clientData("webauthn.create", options.challenge, origin).toString("base64url"),
        attestationObject: attestation.toString("base64url"),
        transports: ["internal"],
      }
      return { id, rawId: id, type: "public-key", response }
    },
    /** Answers what `POST /auth/passkey/options` asks. */
    sign(challenge: string, faults: Device = {}) {
      uses += 1
      const { origin = "http://localhost:3000", host = "localhost", verified = true } = faults
      const { counter = uses, type = "webauthn.get" } = faults
      const authenticatorData = Buffer.concat([sha256(host), flags(verified), uint(counter)])
      const said = clientData(type, challenge, origin)
      const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(said)]), keys.privateKey)
      const response = {
        clientDataJSON: said.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: signature.toString("base64url"),
        userHandle,
      }
      return { id, rawId: id, type: "public-key", response }
    },
  }
}
