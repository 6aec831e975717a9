import { ProblemError } from '@/lib/api/problem-error'
import type { ServiceColorsResponse } from '@/lib/api/sources'
import { assignServiceColors } from '@/server/store/service-colors'
import { StoreError } from '@/server/store/store'
import type { ServiceContext } from '../context'

const MAX_SERVICES = 1000

/** GET /api/v1/service-colors. A name with a comma in it cannot be asked for in a list; repeat `services` then. */
export async function getServiceColors(
  ctx: ServiceContext,
  services: string | readonly string[],
): Promise<ServiceColorsResponse> {
  const names = typeof services === 'string' ? services.split(',') : services
  const wanted = names.filter((name) => name !== '')
  if (wanted.length > MAX_SERVICES) {
    throw new ProblemError('invalid_request', `services: at most ${MAX_SERVICES} at once.`)
  }
  try {
    return { colors: await assignServiceColors(await ctx.store(), wanted, ctx.nowMs) }
  } catch (error) {
    if (error instanceof StoreError) throw new ProblemError('internal', error.message)
    throw error
  }
}
