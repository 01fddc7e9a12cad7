import { App } from 'antd';

/** Short messages that come and go, and questions before what cannot be undone. */
export function useSay() {
  const { message, modal } = App.useApp();
  return {
    done: (text: string) => void message.success(text),
    failed: (text: string) => void message.error(text),
    /** Resolves to whether the reader agreed. */
    ask: (question: { title: string; text?: string; ok: string; danger?: boolean }) =>
      new Promise<boolean>((resolve) => {
        modal.confirm({
          title: question.title, content: question.text, okText: question.ok, icon: null, autoFocusButton: 'cancel',
          okButtonProps: { danger: question.danger ?? false },
          onOk: () => resolve(true),
          onCancel: () => resolve(false),
        });
      }),
  };
}
