namespace Sampan.Kubelet.Server;

/// <summary>An answer that is not a success: a status code and a sentence.</summary>
internal sealed class HttpFailure(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
