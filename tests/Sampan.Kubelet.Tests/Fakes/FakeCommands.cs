using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Programs of the host in name only: each call as the values of its environment and its words.</summary>
internal sealed class FakeCommands : ICommands
{
    public List<string> Calls { get; } = [];

    /// <summary>What every program fails with; null for none.</summary>
    public string? Failure { get; set; }

    /// <summary>What a call writes, or fails with; null for nothing.</summary>
    public Func<string, string>? Answer { get; set; }

    public Task<string> RunAsync(
        string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string input, TimeSpan limit, CancellationToken cancellationToken)
    {
        var call = string.Join(' ', [.. environment.Values, program, .. args]);
        Calls.Add(call);
        return Failure is null ? Task.FromResult(Answer?.Invoke(call) ?? "") : throw new IOException(Failure);
    }
}
