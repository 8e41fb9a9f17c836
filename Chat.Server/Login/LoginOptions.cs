using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Login;

/// <summary>A limit of 0 switches it off.</summary>
internal sealed class LoginOptions
{
    public const string Section = "Login";
    private const int StrongIterations = 100_000;

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 for each password. Stored hashes with fewer are renewed at the next log-in.</summary>
    [Range(1_000, 10_000_000)]
    public int PasswordIterations { get; init; } = 210_000;

    /// <summary>Passwords that wait for a free core; more are refused as <c>serverBusy</c>.</summary>
    [Range(0, 10_000)]
    public int PasswordQueue { get; init; } = 32;

    /// <summary>Days after its last use until a session expires.</summary>
    [Range(1, 365)]
    public int SessionDays { get; init; } = 30;

    /// <summary>Failed log-ins to one user from one address in 15 minutes that are not slowed yet.</summary>
    [Range(0, 1_000)]
    public int FreeFailures { get; init; } = 5;

    /// <summary>Failed log-ins a minute from one address.</summary>
    [Range(0, 100_000)]
    public int FailuresPerAddress { get; init; } = 20;

    /// <summary>Failed log-ins an hour to one user, from all addresses together from which the user has not logged in before.</summary>
    [Range(0, 100_000)]
    public int FailuresPerUser { get; init; } = 100;

    /// <summary>Registrations an hour from one address: a small office can begin together.</summary>
    [Range(0, 100_000)]
    public int RegistrationsPerAddress { get; init; } = 30;

    /// <summary>What is set weaker than is good; told at start.</summary>
    public IEnumerable<string> Weaknesses()
    {
        if (PasswordIterations < StrongIterations) yield return $"Login:PasswordIterations is {PasswordIterations}; stolen hashes are guessed quickly below {StrongIterations}.";
        if (FreeFailures == 0) yield return "Login:FreeFailures is 0: failed log-ins to one user are not slowed.";
        if (FailuresPerAddress == 0) yield return "Login:FailuresPerAddress is 0: one address may try any number of passwords.";
        if (FailuresPerUser == 0) yield return "Login:FailuresPerUser is 0: many addresses together may try any number of passwords.";
        if (RegistrationsPerAddress == 0) yield return "Login:RegistrationsPerAddress is 0: one address may register any number of users.";
    }
}

[OptionsValidator]
internal sealed partial class LoginOptionsValidator : IValidateOptions<LoginOptions>;
