using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Client.Grpc;
using Sampan.Kubelet.Events;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>Starts one container: image, configuration, create, start, postStart hook.</summary>
internal sealed class ContainerStarter(PodServices services, ContainerKiller killer)
{
    private readonly ContainerConfigFactory _configs = new(services);

    /// <exception cref="StartFailure">Why it does not run.</exception>
    public async Task StartAsync(ContainerStart start, PodMemory memory, CancellationToken cancellationToken)
    {
        var (pod, container) = (start.Pod, start.Container);
        string image;
        Cri.ContainerConfig config;
        try
        {
            image = await services.Images.EnsureAsync(pod, container, start.Credentials, start.Sandbox, cancellationToken);
            start = start with { ImageVolumes = await PullVolumesAsync(start, cancellationToken) };
        }
        catch (StartFailure e)
        {
            Failed(start, e.Reason);
            throw;
        }

        try
        {
            config = await _configs.CreateAsync(start, image, cancellationToken);
        }
        catch (Exception e) when (e is StartFailure or StatusException or Client.ApiConnectionException or IOException)
        {
            Failed(start, e.Message);
            throw e as StartFailure ?? new StartFailure("CreateContainerConfigError", e.Message, inner: e);
        }

        if (services.TouchesHost)
        {
            Directory.CreateDirectory(Path.Combine(services.Paths.LogDirectory(pod), container.Name));
        }

        var id = await TryAsync(start, "CreateContainerError", () => services.Runtime.CreateContainerAsync(start.SandboxId, config, start.Sandbox, cancellationToken));
        Tell(start, EventReasons.Normal, EventReasons.Created, "Container created");
        if (start.Container.Lifecycle?.PostStart is not { } hook)
        {
            await RunAsync(start, id, cancellationToken);
            return;
        }

        memory.BeginPostStart(id);
        try
        {
            await RunAsync(start, id, cancellationToken);
            await RunPostStartAsync(start, id, hook, cancellationToken);
        }
        finally
        {
            memory.EndPostStart(id);
        }
    }

    private async Task RunAsync(ContainerStart start, string id, CancellationToken cancellationToken)
    {
        await TryAsync(start, "RunContainerError", async () =>
        {
            await services.Runtime.StartContainerAsync(id, cancellationToken);
            return id;
        });
        Tell(start, EventReasons.Normal, EventReasons.Started, "Container started");
        services.LogLinks.Add(start.Pod, start.Container.Name, id, services.Paths.LogFile(start.Pod, start.Container.Name, start.RestartCount));
        services.Allocations.SetActuated(start.Pod, start.Container);
        await services.Cache.RefreshAsync(start.Pod.Metadata.Uid, cancellationToken);
    }

    /// <summary>Image volumes are pulled as a container's own image is.</summary>
    private async Task<IReadOnlyDictionary<string, ImageVolume>> PullVolumesAsync(ContainerStart start, CancellationToken cancellationToken)
    {
        var result = new Dictionary<string, ImageVolume>();
        foreach (var volume in start.Pod.Spec.Volumes.OrEmpty().Where(v => v.Image is not null && start.Container.VolumeMounts.OrEmpty().Any(m => m.Name == v.Name)))
        {
            var wanted = new Container { Name = start.Container.Name, Image = volume.Image!.Reference, ImagePullPolicy = volume.Image.PullPolicy };
            var image = await services.Images.EnsureAsync(start.Pod, wanted, start.Credentials, start.Sandbox, cancellationToken);
            result[volume.Name] = new ImageVolume(image, await MountAsync(start, volume.Name, image, cancellationToken));
        }

        return result;
    }

    private async Task<string?> MountAsync(ContainerStart start, string volume, string image, CancellationToken cancellationToken)
    {
        try
        {
            return services.ImageMounts is { } mounts ? await mounts.MountAsync(start.Pod.Metadata.Uid, volume, image, cancellationToken) : null;
        }
        catch (Exception e) when (e is IOException or RpcException)
        {
            throw new StartFailure("CreateContainerError", $"failed to mount the image of volume \"{volume}\": {e.Message}", inner: e);
        }
    }

    private async Task RunPostStartAsync(ContainerStart start, string id, LifecycleHandler hook, CancellationToken cancellationToken)
    {
        var failure = await services.Hooks.RunAsync(start.Pod, start.Container, id, hook, start.PodIPs, cancellationToken);
        if (failure is not null)
        {
            Tell(start, EventReasons.Warning, EventReasons.FailedPostStartHook, "PostStartHook failed");
            await killer.KillAsync(start.Pod, start.Container, id, start.PodIPs, start.Pod.GracePeriod(), "FailedPostStartHook", cancellationToken);
            throw new StartFailure("PostStartHookError", failure);
        }
    }

    private async Task<string> TryAsync(ContainerStart start, string reason, Func<Task<string>> action)
    {
        try
        {
            return await action();
        }
        catch (RpcException e)
        {
            Failed(start, e.Detail);
            throw new StartFailure(reason, e.Detail, inner: e);
        }
    }

    private void Failed(ContainerStart start, string message) => Tell(start, EventReasons.Warning, EventReasons.Failed, $"Error: {message}");

    private void Tell(ContainerStart start, string type, string reason, string message) =>
        services.Events.Pod(start.Pod, start.Container.Name, type, reason, message);
}
