using Sampan.Kubelet.Linux;

namespace Sampan.Kubelet.Tests.Fakes;

/// <summary>Programs of the host in name only: each call as the values of its environment and its words.</summary>
internal sealed class FakeCommands : ICommands
{
    public List<string> Calls { get; } = [];

    /// <summary>What every program fails with; null for none.</summary>
    public string? Failure { get; set; }

    public Task<string> RunAsync(
        string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string input, TimeSpan limit, CancellationToken cancellationToken)
    {
        Calls.Add(string.Join(' ', [.. environment.Values, program, .. args]));
        return Failure is null ? Task.FromResult("") : throw new IOException(Failure);
    }
}
