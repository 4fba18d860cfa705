using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Images.Access;
using Sampan.Kubelet.Images.Providers;
using Sampan.Kubelet.Pods;
using Sampan.Kubelet.Runtime;
using Sampan.Kubelet.Stats;

namespace Sampan.Kubelet.Images;

/// <summary>Makes sure that a container's image is present, as its pull policy says, and waits longer after each failure.</summary>
/// <param name="images">The runtime's.</param>
/// <param name="events">Told what happens.</param>
/// <param name="backoff">Between failures.</param>
/// <param name="limiter">How many may be pulled at once.</param>
/// <param name="access">Who may use what is there.</param>
/// <param name="providers">Programs that know logins.</param>
/// <param name="metrics">Counts.</param>
/// <param name="starts">Takes pulls out of the time that pods take to start.</param>
/// <param name="time">Measures pulls.</param>
internal sealed class ImagePuller(
    IImageService images, IPodEvents events, Backoff backoff, PullLimiter limiter, ImageAccess access, IReadOnlyList<CredentialProvider> providers, ImageMetrics metrics, PodStarts starts, TimeProvider time)
{
    /// <summary>How long a failed pull shows itself before the pod shows that it waits for the next.</summary>
    private static readonly TimeSpan FailureShown = TimeSpan.FromSeconds(3);

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> _lastFailures = new();

    /// <returns>The reference to give to the runtime.</returns>
    /// <exception cref="StartFailure">Why the image cannot be had.</exception>
    public async Task<string> EnsureAsync(
        Pod pod, Container container, IReadOnlyList<RegistryCredential> credentials, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        var wanted = container.Image ?? "";
        var policy = container.ImagePullPolicy is { Length: > 0 } p ? p : ImageName.DefaultPullPolicy(wanted);
        bool? isPresent = null, isPulled = null;
        try
        {
            var image = ImageName.WithDefaultTag(wanted) ?? throw InvalidName(pod, container, wanted);
            if (policy != "Always")
            {
                var present = await FindAsync(pod, container, image, cancellationToken);
                isPresent = present is not null;
                if (present is not null && await IsAllowedAsync(pod, image, present.Id, credentials, cancellationToken))
                {
                    isPulled = false;
                    Tell(pod, container, EventReasons.Normal, EventReasons.Pulled, $"Container image \"{wanted}\" already present on machine and can be accessed by the pod");
                    return present.Id;
                }

                isPulled = isPresent is true ? true : null;
                RequirePull(pod, container, policy);
            }

            isPulled = true;
            return await PullAsync(pod, container, image, credentials, sandbox, cancellationToken);
        }
        finally
        {
            metrics.Ensured(policy, isPresent, isPulled);
        }
    }

    public void Forget(string podUid)
    {
        backoff.Forget(podUid + "_");
        foreach (var key in _lastFailures.Keys.Where(k => k.StartsWith(podUid, StringComparison.Ordinal)))
        {
            _lastFailures.TryRemove(key, out _);
        }
    }

    /// <exception cref="StartFailure">The policy has nothing pulled. That is told alike where the image is there, but not for this pod: nobody learns what others use.</exception>
    private void RequirePull(Pod pod, Container container, string policy)
    {
        if (policy == "Never")
        {
            var message = $"Container image \"{container.Image}\" is not present with pull policy of Never";
            Tell(pod, container, EventReasons.Warning, EventReasons.ErrImageNeverPull, message);
            throw new StartFailure("ErrImageNeverPull", message);
        }
    }

    private async Task<bool> IsAllowedAsync(Pod pod, string image, string reference, IReadOnlyList<RegistryCredential> credentials, CancellationToken cancellationToken)
    {
        if (access.IsAllowed(image, reference, () => RegistryCredential.For(image, credentials)))
        {
            return true;
        }

        var own = await ProvidedAsync(pod, image, providers.Where(p => p.IsPerAccount), cancellationToken);
        return own.Count > 0 && access.IsAllowed(image, reference, () => own);
    }

    private static async Task<List<RegistryCredential>> ProvidedAsync(Pod pod, string image, IEnumerable<CredentialProvider> providers, CancellationToken cancellationToken)
    {
        var logins = new List<RegistryCredential>();
        foreach (var provider in providers)
        {
            logins.AddRange(await provider.FindAsync(ImageName.Repository(image), pod, cancellationToken));
        }

        return logins;
    }

    private StartFailure InvalidName(Pod pod, Container container, string image)
    {
        var message = $"Failed to apply default image tag \"{image}\": couldn't parse image name \"{image}\": {ImageName.ProblemOf(image)}";
        Tell(pod, container, EventReasons.Warning, EventReasons.InspectFailed, message);
        return new StartFailure("InvalidImageName", message);
    }

    private async Task<Cri.Image?> FindAsync(Pod pod, Container container, string image, CancellationToken cancellationToken)
    {
        try
        {
            return await images.FindImageAsync(image, cancellationToken);
        }
        catch (RpcException e)
        {
            var message = $"Failed to inspect image \"{container.Image}\": {e.Message}";
            Tell(pod, container, EventReasons.Warning, EventReasons.InspectFailed, message);
            throw new StartFailure("ImageInspectError", message, inner: e);
        }
    }

    private async Task<string> PullAsync(
        Pod pod, Container container, string image, IReadOnlyList<RegistryCredential> credentials, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        var key = $"{pod.Metadata.Uid}_{container.Image}";
        if (_lastFailures.TryGetValue(key, out var last) && backoff.RemainingSinceUpdate(key) is { } wait)
        {
            var message = $"Back-off pulling image \"{container.Image}\"";
            Tell(pod, container, EventReasons.Normal, EventReasons.BackOff, message);
            throw new StartFailure("ImagePullBackOff", $"{message}: {last}", wait);
        }

        Tell(pod, container, EventReasons.Normal, EventReasons.Pulling, $"Pulling image \"{container.Image}\"");
        var started = time.GetTimestamp();
        var isPulled = false;
        Begin(container, image);
        starts.PullBegan(pod.Metadata.Uid);
        try
        {
            var (reference, used, pulling) = await PullWithAsync(pod, image, credentials, sandbox, cancellationToken);
            var pulled = await images.FindImageAsync(image, cancellationToken);
            access.Pulled(image, pulled?.Id ?? reference, used);
            isPulled = true;
            var size = pulled?.Size ?? 0;
            metrics.Pulled(size, time.GetElapsedTime(started));
            Tell(pod, container, EventReasons.Normal, EventReasons.Pulled,
                $"Successfully pulled image \"{container.Image}\" in {Text(pulling)} ({Text(time.GetElapsedTime(started))} including waiting). Image size: {size} bytes.");
            _lastFailures.TryRemove(key, out _);
            return reference;
        }
        catch (RpcException e)
        {
            var failure = PullFailure.Of(container.Image ?? "", e);
            Tell(pod, container, EventReasons.Warning, EventReasons.Failed, $"Failed to pull image \"{container.Image}\": {failure.Error}");
            backoff.Next(key, time.GetUtcNow());
            _lastFailures[key] = $"{failure.Reason}: {failure.Message}";
            throw new StartFailure(failure.Reason, failure.Message, FailureShown, e);
        }
        finally
        {
            starts.PullEnded(pod.Metadata.Uid);
            if (!isPulled)
            {
                access.Failed(image);
            }
        }
    }

    private void Begin(Container container, string image)
    {
        try
        {
            access.Begin(image);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailure("ErrImagePull", $"Failed to record image pull intent for container image \"{container.Image}\": failed to record image pull intent: {e.Message}", FailureShown, e);
        }
    }

    /// <summary>Tries each credential that fits the registry, and no credential when none fits.</summary>
    /// <returns>The image, the credential that the registry accepted, and how long it took without the wait for a turn.</returns>
    private async Task<(string Reference, RegistryCredential? Used, TimeSpan Pulling)> PullWithAsync(
        Pod pod, string image, IReadOnlyList<RegistryCredential> credentials, Cri.PodSandboxConfig sandbox, CancellationToken cancellationToken)
    {
        List<RegistryCredential?> fitting = [.. RegistryCredential.For(image, credentials), .. await ProvidedAsync(pod, image, providers, cancellationToken)];
        List<RpcException> failures = [];
        foreach (var login in fitting.Count > 0 ? fitting : [null])
        {
            try
            {
                return await PullAsync(login);
            }
            catch (RpcException e)
            {
                // Another credential may do.
                failures.Add(e);
            }
        }

        throw PullFailure.Join(failures);

        async Task<(string, RegistryCredential?, TimeSpan)> PullAsync(RegistryCredential? login)
        {
            long began = 0;
            var reference = await limiter.RunAsync(
                () =>
                {
                    began = time.GetTimestamp();
                    return images.PullImageAsync(image, login?.ToAuthConfig(), sandbox, cancellationToken);
                },
                cancellationToken);
            return (reference, login, time.GetElapsedTime(began));
        }
    }

    private static Duration Text(TimeSpan took) => TimeSpan.FromMilliseconds((long)took.TotalMilliseconds);

    private void Tell(Pod pod, Container container, string type, string reason, string message) =>
        events.Pod(pod, container.Name, type, reason, message);
}
