import type { FieldFilter, Filters } from '@/lib/api/common'

/** Pure edits of the filters that facets, cells and chips make. Values are compared as text. */

export type FilterMode = 'in' | 'notIn'

function values(filter: FieldFilter | undefined, mode: FilterMode): readonly (string | number | boolean)[] {
  return filter?.[mode] ?? []
}

/** Drops what is empty, so that an address does not carry it. */
function withField(filters: Filters, field: string, filter: FieldFilter): Filters {
  const { [field]: _replaced, ...rest } = filters
  const kept: FieldFilter = {}
  if (filter.in && filter.in.length > 0) kept.in = filter.in
  if (filter.notIn && filter.notIn.length > 0) kept.notIn = filter.notIn
  if (filter.min !== undefined) kept.min = filter.min
  if (filter.max !== undefined) kept.max = filter.max
  return Object.keys(kept).length > 0 ? { ...rest, [field]: kept } : rest
}

export function hasValue(filters: Filters, field: string, value: string, mode: FilterMode): boolean {
  return values(own(filters, field), mode).some((other) => String(other) === value)
}

/** Adds the value to one list and takes it out of the other. */
export function addValue(filters: Filters, field: string, value: string, mode: FilterMode): Filters {
  const filter = own(filters, field) ?? {}
  const without = removeFrom(filter, value)
  return withField(filters, field, { ...without, [mode]: [...(without[mode] ?? []), value] })
}

/** Only this value of the field, whatever was chosen before. */
export function onlyValue(filters: Filters, field: string, value: string): Filters {
  return withField(filters, field, { in: [value] })
}

export function removeValue(filters: Filters, field: string, value: string): Filters {
  return withField(filters, field, removeFrom(own(filters, field) ?? {}, value))
}

/** A click on a facet's box: chosen → not chosen, excluded → not excluded, else chosen. */
export function toggleValue(filters: Filters, field: string, value: string): Filters {
  return hasValue(filters, field, value, 'in') || hasValue(filters, field, value, 'notIn')
    ? removeValue(filters, field, value)
    : addValue(filters, field, value, 'in')
}

/** Takes away min or max. */
export function removeBound(filters: Filters, field: string, bound: 'min' | 'max'): Filters {
  return withField(filters, field, { ...own(filters, field), [bound]: undefined })
}

function own(filters: Filters, field: string): FieldFilter | undefined {
  return Object.hasOwn(filters, field) ? filters[field] : undefined
}

function removeFrom(filter: FieldFilter, value: string): FieldFilter {
  return {
    ...filter,
    in: filter.in?.filter((other) => String(other) !== value),
    notIn: filter.notIn?.filter((other) => String(other) !== value),
  }
}

export interface Chip {
  readonly key: string
  readonly field: string
  readonly relation: 'is' | 'not' | '≥' | '≤'
  readonly value: string
  readonly without: Filters
}

/** One chip for each value, with the filters that are left when it is taken away. */
export function filterChips(filters: Filters): Chip[] {
  return Object.entries(filters).flatMap(([field, filter]) => {
    const chip = (relation: Chip['relation'], value: string, without: Filters): Chip => ({
      key: `${field} ${relation} ${value}`,
      field,
      relation,
      value,
      without,
    })
    return [
      ...values(filter, 'in').map((v) => chip('is', String(v), removeValue(filters, field, String(v)))),
      ...values(filter, 'notIn').map((v) => chip('not', String(v), removeValue(filters, field, String(v)))),
      ...(filter.min === undefined
        ? []
        : [chip('≥', String(filter.min), removeBound(filters, field, 'min'))]),
      ...(filter.max === undefined
        ? []
        : [chip('≤', String(filter.max), removeBound(filters, field, 'max'))]),
    ]
  })
}
