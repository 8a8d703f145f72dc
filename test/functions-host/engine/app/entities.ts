import * as df from 'durable-functions';

df.app.entity('Counter', (context) => {
  const value = Number(context.df.getState(() => 0));
  switch (context.df.operationName) {
    case 'add':
      context.df.setState(value + Number(context.df.getInput()));
      context.df.return(value + Number(context.df.getInput()));
      break;
    case 'get':
      context.df.return(value);
      break;
    case 'fail':
      throw new Error('no');
  }
});
