using System.CommandLine;
using Sampan.Cluster.Host;

namespace Sampan.Commands;

/// <summary>
/// A flag of upstream's component that has nothing to set here. Taking it lets existing command lines work; what it would have
/// changed is said, and refused where silence would be dangerous.
/// </summary>
internal sealed class UpstreamFlag
{
    private readonly Option<string[]> _option;
    private readonly Func<string, string?> _problem;
    private readonly string _reason;

    private UpstreamFlag(string name, string reason, Func<string, string?> problem)
    {
        (_reason, _problem) = (reason, problem);
        _option = new Option<string[]>(name) { Hidden = true, Arity = ArgumentArity.ZeroOrMore };
    }

    /// <summary>A command line as upstream reads it: in the names of flags an underscore is a dash.</summary>
    public static string[] Dashed(string[] args) => [.. args.Select(arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.Split('=', 2) is [var name, .. var value]
        ? string.Join('=', [name.Replace('_', '-'), .. value]) : arg)];

    /// <summary>Taken with any value and without effect.</summary>
    public static UpstreamFlag WithoutEffect(string name, string reason) => new(name, reason, _ => null);

    /// <summary>Taken with the value that is built in; others are refused.</summary>
    public static UpstreamFlag Only(string name, string value) =>
        new(name, $"\"{value}\" is built in", given => given == value ? null : $"\"{given}\" is not supported: only \"{value}\" is");

    /// <summary>Refused: to go on without it would be less safe than what was asked for.</summary>
    public static UpstreamFlag Refused(string name, string instead) => new(name, instead, _ => $"is not supported: {instead}");

    public static void AddTo(Command command, IEnumerable<UpstreamFlag> flags)
    {
        foreach (var flag in flags) command.Options.Add(flag._option);
    }

    /// <summary>Says what the given flags don't change.</summary>
    /// <exception cref="HostException">A flag asks for something that is not here.</exception>
    public static IEnumerable<string> Remarks(ParseResult result, IEnumerable<UpstreamFlag> flags) =>
        flags.Where(flag => result.GetResult(flag._option) is not null).Select(flag => flag.Remark(result));

    private string Remark(ParseResult result)
    {
        string value = string.Join(',', result.GetValue(_option) ?? []);
        return _problem(value) is { } problem
            ? throw new HostException($"{_option.Name} {problem}")
            : $"{_option.Name} has no effect: {_reason}";
    }
}
