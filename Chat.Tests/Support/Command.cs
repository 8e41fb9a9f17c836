using System.Diagnostics;

namespace Chat.Tests.Support;

/// <summary>Programs other than the server, run to their end.</summary>
internal static class Command
{
    /// <summary>How the tests were built, and all that was built with them.</summary>
    public static readonly string Configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    /// <summary>The folder of the Node scripts, with their packages installed.</summary>
    public static async Task<string> NodeFolder()
    {
        var folder = Path.Combine(Repository.Root, "Chat.Tests", "Node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "@microsoft", "signalr-protocol-msgpack"))) await Run(folder, "npm", "ci");
        return folder;
    }

    /// <summary>A sample that was built with the tests.</summary>
    public static string Sample(string name) => Path.Combine(Repository.Root, "samples", name, "bin", Configuration, "net10.0", $"{name}.dll");

    /// <summary>What the program printed; fails where it ended with anything but 0.</summary>
    public static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0, "{0} {1} said:\n{2}{3}", program, arguments[0], await output, await errors);
        return await output;
    }
}
