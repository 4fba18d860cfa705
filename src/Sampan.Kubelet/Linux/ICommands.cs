namespace Sampan.Kubelet.Linux;

/// <summary>Runs programs of the host.</summary>
internal interface ICommands
{
    /// <returns>What it wrote.</returns>
    /// <exception cref="CommandFailure">It cannot be started, failed, or took too long.</exception>
    Task<string> RunAsync(
        string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string> environment, string input, TimeSpan limit, CancellationToken cancellationToken);
}
