namespace Chat.Server.Hosting;

/// <summary>What a room is set weaker than is good, a sentence each; told as warnings at start.</summary>
internal delegate IEnumerable<string> Weaknesses();
