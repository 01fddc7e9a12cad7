/** The nonce the server gave this page: styles made while it runs need it. */
export function nonceOf(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;
}

/**
 * Gives the nonce to every style element made later. antd does so by itself,
 * except where it locks the page behind a dialog.
 */
export function carryNonce(): void {
  const nonce = nonceOf();
  if (!nonce) return;
  const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement;
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (name === 'style') made.nonce = nonce;
    return made;
  }) as typeof document.createElement;
}
