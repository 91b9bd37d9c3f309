/** The API key: comes with the address once (`#key=…`), then stays with this browser tab. */
const place = 'kith.key'

export function readKey(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get('key')
  if (given) {
    keepKey(given)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return sessionStorage.getItem(place) ?? undefined
}

export function keepKey(key: string): void {
  sessionStorage.setItem(place, key)
}

export function forgetKey(): void {
  sessionStorage.removeItem(place)
}
