export interface StoreMigration {
  readonly version: number
  readonly name: string
  readonly statements: readonly string[]
}

/** In order, never changed once released: an existing store is brought up by the ones it has not seen. */
export const STORE_MIGRATIONS: readonly StoreMigration[] = [
  {
    version: 1,
    name: 'service colours',
    statements: [
      'CREATE TABLE service_colors (service TEXT PRIMARY KEY, slot INTEGER NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID',
    ],
  },
]
