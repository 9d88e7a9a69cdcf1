/**
 * The fields of a shared access signature; whatever else stands beside them in a leaked address (an operation, a
 * snapshot, a time-out) stays out of our request.
 * Source: https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas#specify-query-parameters
 */
const fields = new Set(
  'sv ss srt sp st se sip spr sig sr si sdd ses skoid sktid skt ske sks skv skdutid sduoid saoid suoid scid tn spk srk epk erk rscc rscd rsce rscl rsct'.split(
    ' ',
  ),
)

/** Puts the signature's fields behind the query of an address. None can replace what the request itself asks for. */
export function appendSas(url: URL, token: string): void {
  const own = new Set(url.searchParams.keys())
  const given = new URLSearchParams(token.replace(/^[^?]*\?/, ''))
  let signed = false
  for (const [name, value] of given) {
    if (!fields.has(name) || own.has(name)) continue
    signed ||= name === 'sig'
    url.searchParams.set(name, value)
  }
  if (!signed) throw new TypeError('the shared access signature has no sig')
}
