using Sampan.Client.Grpc;

namespace Sampan.Kubelet.Images;

/// <summary>Why an image could not be pulled, as pods and events tell it. Upstream: evalCRIPullErr.</summary>
/// <param name="Reason">Why the container waits.</param>
/// <param name="Message">What its status says.</param>
/// <param name="Error">What the runtime said.</param>
internal sealed record PullFailure(string Reason, string Message, string Error)
{
    private static readonly (string Name, string Why)[] Known =
    [
        ("RegistryUnavailable", "the registry is unavailable"),
        ("SignatureValidationFailed", "the signature validation failed"),
    ];

    public static PullFailure Of(string image, RpcException failure)
    {
        var error = TextOf(failure);
        return Known.FirstOrDefault(known => error.StartsWith(known.Name, StringComparison.Ordinal)) is ({ } name, var why)
            ? new(name, $"image pull failed for {image} because {why}{error[name.Length..]}", error)
            : new("ErrImagePull", error, error);
    }

    /// <summary>The failures with each of several credentials as one; what is said twice is told once.</summary>
    public static RpcException Join(IReadOnlyList<RpcException> failures) => failures.Select(TextOf).Distinct().ToList() switch
    {
        [_] => failures[0],
        var texts => new RpcException(GrpcStatusCode.Unknown, $"[{string.Join(", ", texts)}]", failures[^1]),
    };

    /// <summary>That the code is unknown tells nobody anything.</summary>
    private static string TextOf(RpcException failure) => failure.Code == GrpcStatusCode.Unknown ? failure.Detail : failure.Message;
}
