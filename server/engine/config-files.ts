import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Limits } from './limits'

/** Writes the engine's configuration into its folder and returns the path of the main file. */
export function writeConfigFiles(folder: string, limits: Limits): string {
  const conf = path.join(folder, 'conf')
  mkdirSync(conf, { recursive: true })
  const users = path.join(conf, 'users.xml')
  writeFileSync(users, usersXml(limits))
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

function usersXml(limits: Limits): string {
  return element('clickhouse', {
    profiles: {
      default: {
        // chDB starts as clickhouse-local does; these are what a server has.
        implicit_select: 0,
        allow_introspection_functions: 0,
        storage_file_read_method: 'pread',
        max_threads: limits.threads,
      },
    },
    users: {
      default: {
        password: '',
        networks: { ip: '::/0' },
        profile: 'default',
        quota: 'default',
        access_management: 1,
        named_collection_control: 1,
      },
    },
    quotas: { default: {} },
  })
}

type Xml = string | number | { readonly [name: string]: Xml }

function element(name: string, value: Xml): string {
  const inner =
    typeof value === 'object'
      ? `\n${Object.entries(value)
          .map(([key, child]) => element(key, child))
          .join('')}`
      : escapeXml(String(value))
  return `<${name}>${inner}</${name}>\n`
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`)
}
