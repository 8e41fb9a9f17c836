using Chat.Cli;

return await Launch.Run(args);
