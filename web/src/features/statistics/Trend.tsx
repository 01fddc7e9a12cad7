import { useCallback } from 'react';
import { useFormat, useGo } from '@/ui';
import { monthsFrom, type Line } from './address';
import Chart from './Chart';
import { useText } from './texts';

/** Twelve months: how much was due and done, and the two rates. */
export default function Trend({ lines, to }: { lines: Line[]; to: string }) {
  const t = useText();
  const format = useFormat();
  const go = useGo();
  const option = useCallback<Parameters<typeof Chart>[0]['option']>(
    (colours) => {
      const months = Array.from({ length: 12 }, (_, i) => monthsFrom(to, i - 11));
      const of = (month: string) => lines.find((line) => line.month === month)?.tally;
      const percent = (value: number | undefined) => (value === undefined ? null : Math.round(value * 1000) / 10);
      const quiet = { color: colours.quiet, fontSize: 12 };
      return {
        grid: { left: 44, right: 48, top: 36, bottom: 28 },
        legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 8, textStyle: quiet },
        tooltip: { trigger: 'axis', backgroundColor: colours.raised, borderColor: colours.line, textStyle: { color: colours.text, fontSize: 13 } },
        xAxis: { type: 'category', data: months.map((m) => format.month(m)), axisLabel: { ...quiet, formatter: (_: string, i: number) => months[i]?.slice(5).replace(/^0/, '') ?? '' }, axisLine: { lineStyle: { color: colours.line } }, axisTick: { show: false } },
        yAxis: [
          { type: 'value', min: 0, minInterval: 1, axisLabel: quiet, splitLine: { lineStyle: { color: colours.line } } },
          { type: 'value', min: 0, max: 100, axisLabel: { ...quiet, formatter: '{value}%' }, splitLine: { show: false } },
        ],
        series: [
          { name: t('figure.due'), type: 'bar', data: months.map((m) => of(m)?.due ?? 0), itemStyle: { color: colours.line, borderRadius: [3, 3, 0, 0] }, barGap: '-100%', barMaxWidth: 34 },
          { name: t('figure.done'), type: 'bar', data: months.map((m) => of(m)?.done ?? 0), itemStyle: { color: colours.accent, opacity: 0.55, borderRadius: [3, 3, 0, 0] }, barMaxWidth: 34 },
          { name: t('figure.rate'), type: 'line', yAxisIndex: 1, data: months.map((m) => percent(of(m)?.rate)), color: colours.accent, symbolSize: 6, lineStyle: { width: 2 }, tooltip: { valueFormatter: (v: unknown) => `${String(v ?? '–')}%` } },
          { name: t('figure.satisfaction'), type: 'line', yAxisIndex: 1, data: months.map((m) => percent(of(m)?.satisfaction)), color: colours.warn, symbol: 'diamond', symbolSize: 7, lineStyle: { width: 2, type: 'dashed' }, tooltip: { valueFormatter: (v: unknown) => `${String(v ?? '–')}%` } },
        ],
      };
    },
    [lines, to, t, format],
  );
  const words = lines.map((line) => `${format.month(line.month)}: ${t('figure.rate')} ${format.percent(line.tally.rate)}, ${t('figure.satisfaction')} ${format.percent(line.tally.satisfaction)}`).join('; ');
  return <Chart label={`${t('trend')}: ${words}`} height={260} option={option} file={`${t('trend')}-${to}`} onPick={(i) => go(`/statistics?month=${monthsFrom(to, i - 11)}`)} />;
}
