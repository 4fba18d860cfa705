using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.ApiServer.Registry;

namespace Sampan.ApiServer.Admission;

/// <summary>Gives every pod a service account, and its token, authority and namespace as files.</summary>
internal sealed class ServiceAccountAdmission(IObjectSource objects, TimeProvider time) : AdmissionPlugin
{
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private const int TokenSeconds = 3607;
    private const int FileMode = 0x1A4; // 0644

    /// <summary>A namespace's default account is made moments after the namespace: worth waiting for.</summary>
    private const int Attempts = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public override string Name => "ServiceAccount";

    public override async ValueTask MutateAsync(AdmissionRequest request)
    {
        if (request.Operation != AdmissionOperation.Create || !request.Is("", "pods") || request.Object is not Pod pod || IsMirror(pod))
        {
            return;
        }
        if (string.IsNullOrEmpty(pod.Spec.ServiceAccountName))
        {
            pod.Spec.ServiceAccountName = pod.Spec.ServiceAccount = "default";
        }
        var account = await FindAsync(request, pod.Spec.ServiceAccountName);
        if (account is null)
        {
            var name = pod.Spec.ServiceAccountName;
            throw request.Forbidden(
                $"error looking up service account {request.Namespace}/{name}: serviceaccount \"{name}\" not found");
        }
        if (pod.Spec.AutomountServiceAccountToken ?? account.AutomountServiceAccountToken ?? true)
        {
            MountToken(pod.Spec);
        }
        if (pod.Spec.ImagePullSecrets.OrEmpty().Count == 0 && account.ImagePullSecrets.OrEmpty().Count > 0)
        {
            pod.Spec.ImagePullSecrets = [.. account.ImagePullSecrets!.Select(secret => secret.DeepClone())];
        }
    }

    public override ValueTask ValidateAsync(AdmissionRequest request)
    {
        if (request.Operation == AdmissionOperation.Create && request.Is("", "pods") && request.Object is Pod pod && IsMirror(pod)
            && !string.IsNullOrEmpty(pod.Spec.ServiceAccountName))
        {
            throw request.Forbidden("a mirror pod may not reference service accounts");
        }
        return ValueTask.CompletedTask;
    }

    private static bool IsMirror(Pod pod) => pod.Metadata.Annotations.OrEmpty().ContainsKey(MirrorAnnotation);

    private async ValueTask<ServiceAccount?> FindAsync(AdmissionRequest request, string name)
    {
        for (var attempt = 1; ; attempt++)
        {
            var account = objects.Get<ServiceAccount>(request.Namespace, name);
            if (account is not null || name != "default" || attempt == Attempts)
            {
                return account;
            }
            await Task.Delay(Pause, time, request.Context.Cancelled);
        }
    }

    private static void MountToken(PodSpec spec)
    {
        var containers = spec.InitContainers.OrEmpty().Concat(spec.Containers)
            .Where(container => container.VolumeMounts.OrEmpty().All(mount => mount.MountPath != MountPath)).ToList();
        if (containers.Count == 0)
        {
            return;
        }
        var volume = TokenVolume(FreeName(spec));
        foreach (var container in containers)
        {
            (container.VolumeMounts ??= []).Add(new VolumeMount { Name = volume.Name, ReadOnly = true, MountPath = MountPath });
        }
        (spec.Volumes ??= []).Add(volume);
    }

    private static string FreeName(PodSpec spec)
    {
        for (; ; )
        {
            var name = NameGenerator.Generate("kube-api-access-");
            if (spec.Volumes.OrEmpty().All(volume => volume.Name != name))
            {
                return name;
            }
        }
    }

    private static Volume TokenVolume(string name) => new()
    {
        Name = name,
        Projected = new ProjectedVolumeSource
        {
            DefaultMode = FileMode,
            Sources =
            [
                new VolumeProjection { ServiceAccountToken = new() { Path = "token", ExpirationSeconds = TokenSeconds } },
                new VolumeProjection { ConfigMap = new() { Name = "kube-root-ca.crt", Items = [new() { Key = "ca.crt", Path = "ca.crt" }] } },
                new VolumeProjection
                {
                    DownwardAPI = new()
                    {
                        Items = [new() { Path = "namespace", FieldRef = new() { ApiVersion = "v1", FieldPath = "metadata.namespace" } }],
                    },
                },
            ],
        },
    };
}
