import type { Store } from './store'

/** 8 hues × 2 lightnesses. */
export const PALETTE_SLOTS = 16

/** Names come from telemetry, which may be hostile: past this number a colour is computed, not kept. */
const MAX_KEPT = 10_000

/** Slot of each service; a service seen for the first time takes the next one and keeps it. */
export async function assignServiceColors(
  store: Store,
  services: readonly string[],
  nowMs: number,
): Promise<Record<string, number>> {
  const names = [...new Set(services)]
  if (names.length === 0) return {}
  const known = await readColors(store, names)
  const missing = names.filter((name) => !known.has(name))
  if (missing.length > 0) {
    await store.db.batch(
      missing.map((name) => ({
        sql: `INSERT INTO service_colors (service, slot, created_at)
              SELECT ?, count(*) % ?, ? FROM service_colors HAVING count(*) < ?
              ON CONFLICT (service) DO NOTHING`,
        args: [name, PALETTE_SLOTS, nowMs, MAX_KEPT],
      })),
      'write',
    )
    for (const [name, slot] of await readColors(store, missing)) known.set(name, slot)
  }
  return Object.fromEntries(names.map((name) => [name, known.get(name) ?? slotOf(name)]))
}

async function readColors(store: Store, names: readonly string[]): Promise<Map<string, number>> {
  const result = await store.db.execute({
    sql: `SELECT service, slot FROM service_colors WHERE service IN (${names.map(() => '?').join(', ')})`,
    args: [...names],
  })
  return new Map(result.rows.map((row) => [String(row.service), Number(row.slot)]))
}

function slotOf(name: string): number {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return hash % PALETTE_SLOTS
}
