import { Form, Modal, type FormProps } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { WriteFailed } from './States';
import { useUiText } from './own-texts';

interface DialogProps<V extends object> {
  open: boolean;
  title: ReactNode;
  /** On the button that sends. */
  ok: string;
  danger?: boolean;
  /** What the fields begin with, each time it opens. */
  initial?: Partial<V>;
  /** Sends; what is not undefined or false closes the dialog. */
  submit: (values: V) => Promise<unknown>;
  pending?: boolean;
  failed?: unknown;
  close: () => void;
  width?: number;
  /** Form.Item by Form.Item. */
  children: ReactNode;
}

/** A question with fields: asks, sends once, keeps what was written when it fails. */
export function Dialog<V extends object>({ open, title, ok, danger, initial, submit, pending, failed, close, width, children }: DialogProps<V>) {
  const t = useUiText();
  const [form] = Form.useForm<V>();
  useEffect(() => {
    if (open) form.resetFields();
  }, [open, form]);
  const send = async (values: V) => {
    const done = await submit(values);
    if (done !== undefined && done !== false) close();
  };
  return (
    <Modal
      open={open}
      title={title}
      okText={ok}
      cancelText={t('cancel')}
      okButtonProps={{ danger: danger ?? false }}
      confirmLoading={pending ?? false}
      onOk={() => form.submit()}
      onCancel={close}
      width={width ?? 520}
      destroyOnHidden
    >
      <Form<V> form={form} layout="vertical" requiredMark="optional" {...(initial && { initialValues: initial as NonNullable<FormProps<V>['initialValues']> })} onFinish={(values) => void send(values)} disabled={pending ?? false}>
        {children}
      </Form>
      <WriteFailed error={failed} />
    </Modal>
  );
}
