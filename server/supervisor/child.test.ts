import { afterEach, describe, expect, it, vi } from 'vitest'
import { Role } from './child'

const roles: Role[] = []
afterEach(async () => {
  await Promise.all(roles.splice(0).map((role) => role.stop()))
})

function role(script: string): { role: Role; log: string[] } {
  const log: string[] = []
  const made = new Role({ name: 'test', args: ['-e', script] }, (line) => log.push(line))
  roles.push(made)
  return { role: made, log }
}

/** The IPC channel closes with the supervisor; roles listen for that. */
const SERVES = `process.on('disconnect', () => process.exit(0)); console.log('{"ready":true}'); setInterval(() => {}, 1000)`

describe('Role', () => {
  it('starts when the process says it is ready, and stops it', async () => {
    const { role: made } = role(SERVES)
    await made.start()
    const pid = made.pid!
    expect(() => process.kill(pid, 0)).not.toThrow()
    await made.stop()
    expect(() => process.kill(pid, 0)).toThrow()
  })

  it('starts a killed process again', async () => {
    const { role: made, log } = role(SERVES)
    await made.start()
    const first = made.pid!
    process.kill(first, 'SIGKILL')
    await vi.waitFor(() => expect(made.pid).not.toBe(first), { timeout: 4000 })
    expect(log[0]).toMatch(/test ended \(SIGKILL\)/)
  })

  it('rejects with the last words of a process that does not start', async () => {
    const { role: made } = role(`console.error('port 1 is taken'); process.exit(1)`)
    await expect(made.start()).rejects.toThrow('port 1 is taken')
  })

  it('a process ends when its supervisor is gone', async () => {
    const { role: made } = role(SERVES)
    await made.start()
    const pid = made.pid!
    made.disconnect()
    await vi.waitFor(() => expect(made.pid).not.toBe(pid), { timeout: 4000 })
  })
})
