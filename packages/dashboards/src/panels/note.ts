import { PanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';

/** Words on a dashboard, in Markdown. */
export function note(markdown: string, span: number, height = 4): PanelBuilder {
  return new PanelBuilder()
    .title('')
    .span(span)
    .height(height)
    .transparent(true)
    .mode(TextMode.Markdown)
    .content(markdown);
}
