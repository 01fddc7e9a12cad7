import { DownloadOutlined } from '@ant-design/icons';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { init, use as bring, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { fontFamily, paletteOf, useTone } from '@/ui';
import { save } from './address';
import { useText } from './texts';

bring([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, MarkLineComponent, CanvasRenderer]);

interface ChartProps {
  /** Says in words what the picture shows, for those who cannot see it. */
  label: string;
  height: number;
  /** What to draw, in the colours given. */
  option: (colours: ReturnType<typeof paletteOf>) => EChartsCoreOption;
  /** Called with the index of what was clicked on the axis. */
  onPick?: (index: number) => void;
  file: string;
}

/** A picture of figures. What it shows must stand in a table or in words, too. */
export default function Chart({ label, height, option, onPick, file }: ChartProps) {
  const t = useText();
  const colours = paletteOf(useTone());
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  });
  useEffect(() => {
    const at = place.current;
    if (!at) return;
    const made = init(at, undefined, { renderer: 'canvas' });
    chart.current = made;
    made.on('click', (event) => pick.current?.(event.dataIndex));
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(at);
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption({ textStyle: { fontFamily, color: colours.text }, animationDuration: 200, ...option(colours) }, { notMerge: true });
  }, [option, colours]);
  return (
    <figure className="hf-chart">
      <div ref={place} role="img" aria-label={label} style={{ height }} />
      <Button className="hf-chart-save" size="small" type="text" icon={<DownloadOutlined />} aria-label={t('png')} title={t('png')} onClick={() => chart.current && save(`${file}.png`, chart.current.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: colours.surface }))} />
    </figure>
  );
}
