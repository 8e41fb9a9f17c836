namespace Chat.Tests.Support;

/// <summary>Tests of what the whole process holds: they run while no other does, whose objects they would count as their own.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
