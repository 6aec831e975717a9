import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config'

const message = (env: Record<string, string>): string => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'accepted'
}

describe('readConfig', () => {
  it('needs nothing', () => {
    const config = readConfig({})
    expect(config.clickhouse).toMatchObject({ url: 'http://127.0.0.1:8123', user: 'default', embedded: true })
    expect([config.port, config.otlpHttpPort, config.otlpGrpcPort, config.listen]).toEqual([
      null,
      4318,
      4317,
      '127.0.0.1',
    ])
  })

  it('reads a ClickHouse server with its credentials and keeps them out of the address', () => {
    expect(readConfig({ CLICKHOUSE_URL: 'https://bob:s%40crt@ch.example:8443/otel' }).clickhouse).toEqual({
      url: 'https://ch.example:8443',
      user: 'bob',
      password: 's@crt',
      database: 'otel',
      cluster: null,
      embedded: false,
    })
  })

  it('takes CLICKHOUSE_ENDPOINT too, and separate variables win over the address', () => {
    const env = {
      CLICKHOUSE_ENDPOINT: 'http://x:y@ch:8123/a',
      CLICKHOUSE_USER: 'u',
      CLICKHOUSE_PASSWORD: 'p',
      CLICKHOUSE_DATABASE: 'd',
    }
    expect(readConfig(env).clickhouse).toMatchObject({ user: 'u', password: 'p', database: 'd' })
  })

  it.each([
    [
      { CLICKHOUSE_URL: 'tcp://ch.example:9000' },
      /native protocol.*CLICKHOUSE_URL=http:\/\/ch\.example:8123/,
    ],
    [{ CLICKHOUSE_URL: 'clickhouse://ch.example:9440' }, /https:\/\/ch\.example:8443/],
    [{ CLICKHOUSE_URL: 'ch.example' }, /CLICKHOUSE_URL is not a URL/],
    [{ PORT: '70000' }, /PORT=70000 is not a port/],
    [{ SPANLIGHT_ENGINE_MEMORY: 'lots' }, /SPANLIGHT_ENGINE_MEMORY=lots is not a size.*2GiB/],
    [{ SPANLIGHT_ENGINE_MEMORY: '1MiB' }, /less than 64MiB/],
    [{ SPANLIGHT_TTL_LOGS: '-1d' }, /SPANLIGHT_TTL_LOGS=-1d.*7d/],
    [{ SPANLIGHT_LISTEN: '0.0.0.0' }, /SPANLIGHT_UI_TOKEN/],
    [{ SPANLIGHT_DATABASE_URL: 'nonsense' }, /SPANLIGHT_DATABASE_URL is not the address.*file:/],
    [{ SPANLIGHT_UI_TOKEN: 'short' }, /SPANLIGHT_UI_TOKEN is shorter/],
  ])('refuses %j with its name and an example', (env, expected) => {
    expect(message(env as Record<string, string>)).toMatch(expected)
  })

  it('never repeats a secret', () => {
    expect(message({ CLICKHOUSE_URL: 'tcp://bob:hunter2@ch:9000' })).not.toContain('hunter2')
    expect(message({ CLICKHOUSE_URL: 'bob:hunter2@ch' })).not.toContain('hunter2')
    expect(message({ SPANLIGHT_UI_TOKEN: 'hunter2' })).not.toContain('hunter2')
  })

  it('opens beyond loopback with a token', () => {
    expect(message({ SPANLIGHT_LISTEN: '0.0.0.0', SPANLIGHT_UI_TOKEN: 'a-long-enough-secret' })).toBe(
      'accepted',
    )
  })
})
