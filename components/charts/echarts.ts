import { BarChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

/** The one file that knows which parts of ECharts are used: everything not named here stays out of the bundle. */
use([BarChart, GridComponent, CanvasRenderer])

export type { ECharts } from 'echarts/core'
export { init }
