namespace Sampan.Kubelet.Probes;

/// <summary>What became of a hook's request.</summary>
/// <param name="Authority">Who was asked.</param>
/// <param name="Error">Null where there was an answer.</param>
/// <param name="IsPlain">The server seems to speak no TLS.</param>
internal sealed record HookAnswer(string Authority, string? Error, bool IsPlain = false);
