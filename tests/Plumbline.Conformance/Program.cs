using Plumbline.Conformance;

return Runner.Run(args, Console.Out, Console.Error);
