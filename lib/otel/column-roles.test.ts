import { expect, it } from 'vitest'
import { durationUnit, guessRoles } from './column-roles'

it.each([
  ['Duration', 'ns'],
  ['duration_ns', 'ns'],
  ['DurationNano', 'ns'],
  ['duration_us', 'us'],
  ['durationMs', 'ms'],
  ['latency_ms', 'ms'],
  ['duration_s', 's'],
  ['durationSeconds', 's'],
  ['elapsed', 'ns'],
  [undefined, 'ns'],
])('the unit of %s is %s', (column, unit) => {
  expect(durationUnit(column)).toBe(unit)
})

it('takes a column for a role only when its type can play it', () => {
  const roles = guessRoles([
    { name: 'time', type: 'String' },
    { name: 'created', type: "DateTime64(3, 'UTC')" },
    { name: 'duration', type: 'String' },
    { name: 'tags', type: 'Array(String)' },
    { name: 'labels', type: 'Map(String, String)' },
  ])
  expect(roles).toEqual({ time: 'created', attributes: 'labels' })
})
