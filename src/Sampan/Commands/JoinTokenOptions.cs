using System.CommandLine;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>
/// The three ways to hand an agent its token: a file, the environment, or the command line, where it is hidden from the list of
/// processes as soon as it is read.
/// </summary>
internal sealed class JoinTokenOptions
{
    public const string Variable = "SAMPAN_TOKEN";
    private readonly Option<string?> _token = new("--token", "-t") { Description = $"What `sampan token create` printed on the server; needed the first time only (also as {Variable})." };
    private readonly Option<string?> _file = new("--token-file") { Description = "A file that holds the token." };

    public void AddTo(Command command)
    {
        command.Options.Add(_token);
        command.Options.Add(_file);
    }

    /// <summary>The token; null when none was given.</summary>
    /// <exception cref="HostException">It was given twice, or its file cannot be read.</exception>
    public string? Read(ParseResult result)
    {
        var (given, file) = (result.GetValue(_token), result.GetValue(_file));
        if (given is not null && file is not null) throw new HostException("--token and --token-file say the same: give one of them");
        if (given is not null) ProcessArguments.Hide(given);
        if (file is not null) given = ReadFile(file);
        return given ?? TakeVariable();
    }

    /// <summary>No program that the agent starts needs to have it.</summary>
    private static string? TakeVariable()
    {
        var token = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, null);
        return token is { Length: > 0 } ? token : null;
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"--token-file: {e.Message}", e);
        }
    }
}
