namespace Sampan.Kubelet.Linux;

/// <summary>A program of the host did not do what it was asked for.</summary>
internal sealed class CommandFailure(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What it ended with; null where it did not begin, or did not end by itself.</summary>
    public int? ExitCode { get; init; }

    /// <summary>All that it wrote.</summary>
    public string Output { get; init; } = "";

    /// <summary>The host has no such program.</summary>
    public bool IsMissing { get; init; }
}
