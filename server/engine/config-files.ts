import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Limits } from './limits'
import { quoteName } from './sql-text'

/** Writes the engine's configuration into its folder and returns the path of the main file. */
export function writeConfigFiles(folder: string, limits: Limits, database: string): string {
  const conf = path.join(folder, 'conf')
  mkdirSync(conf, { recursive: true })
  const users = path.join(conf, 'users.xml')
  writeFileSync(users, usersXml(limits, database))
  const main = path.join(conf, 'config.xml')
  writeFileSync(main, configXml(limits, users))
  return main
}

function configXml(limits: Limits, usersFile: string): string {
  return element('clickhouse', {
    users_config: usersFile,
    max_server_memory_usage: limits.maxServerMemory,
    mark_cache_size: limits.markCache,
    index_mark_cache_size: limits.indexMarkCache,
    primary_index_cache_size: limits.primaryIndexCache,
    uncompressed_cache_size: 0,
    index_uncompressed_cache_size: 0,
    text_index_dictionary_block_cache_size: limits.textIndexCache,
    text_index_header_cache_size: limits.textIndexCache,
    text_index_postings_cache_size: limits.textIndexCache,
    query_cache: { max_size_in_bytes: limits.textIndexCache },
  })
}

/**
 * The one user has no grants of its own, only roles: `SET ROLE viewer` leaves it with what a viewer may do.
 * A viewer reads the telemetry database; without grants on sources it can reach no file and no address.
 */
function usersXml(limits: Limits, database: string): string {
  const grant = (what: string): Xml => ({ query: `GRANT ${what}` })
  return element('clickhouse', {
    profiles: {
      default: {
        // chDB starts as clickhouse-local does; these are what a server has.
        implicit_select: 0,
        allow_introspection_functions: 0,
        storage_file_read_method: 'pread',
        max_threads: limits.threads,
        // One greedy query must leave room for inserts.
        max_memory_usage: Math.floor(limits.maxServerMemory * 0.7),
        // The values of query parameters are SET, and count as part of that statement.
        max_query_size: 128 * 1024 ** 2,
      },
    },
    quotas: { default: {} },
    roles: {
      admin: { grants: grant('ALL ON *.* WITH GRANT OPTION') },
      viewer: {
        grants: [
          ...[...new Set(['default', database])].map((name) => grant(`SHOW, SELECT ON ${quoteName(name)}.*`)),
          grant('SELECT ON system.numbers'),
          grant('SELECT ON system.one'),
        ],
      },
    },
    users: {
      default: {
        password: '',
        networks: { ip: '::/0' },
        profile: 'default',
        quota: 'default',
        grants: [grant('admin'), grant('viewer')],
      },
    },
  })
}

type Xml = string | number | readonly Xml[] | { readonly [name: string]: Xml }

/** A list stands for its elements, one after the other. */
function content(value: Xml): string {
  if (typeof value !== 'object') return escapeXml(String(value))
  if (isList(value)) return value.map(content).join('')
  return `\n${Object.entries(value)
    .map(([key, child]) => element(key, child))
    .join('')}`
}

function isList(value: Xml): value is readonly Xml[] {
  return Array.isArray(value)
}

function element(name: string, value: Xml): string {
  return `<${name}>${content(value)}</${name}>\n`
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
