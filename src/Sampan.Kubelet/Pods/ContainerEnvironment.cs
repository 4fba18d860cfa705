using System.Text;
using Sampan.Api;
using Sampan.Api.Core.V1;
using Sampan.Kubelet.Volumes;

namespace Sampan.Kubelet.Pods;

/// <summary>
/// A container's variables, later ones over earlier ones: Services, <c>envFrom</c> in order, <c>env</c> in order.
/// <c>$(NAME)</c> in a value refers to what was defined before it.
/// </summary>
internal sealed class ContainerEnvironment(IPodObjects objects, IPodVolumes volumes, Func<IReadOnlyDictionary<string, Quantity>> allocatable)
{
    /// <exception cref="StartFailure">Something the variables refer to is missing.</exception>
    public async Task<Dictionary<string, string>> BuildAsync(
        Pod pod, Container container, IReadOnlyDictionary<string, MountedVolume> mounted, IReadOnlyList<string> hostIPs, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        var services = ServiceEnvironment.For(pod, objects);
        var result = new Dictionary<string, string>();
        foreach (var source in container.EnvFrom.OrEmpty())
        {
            await AddFromAsync(pod, source, result, cancellationToken);
        }

        foreach (var variable in container.Env.OrEmpty())
        {
            var value = variable.ValueFrom is { FileKeyRef: { } file } ? ReadFile(file, mounted)
                : variable.ValueFrom is { } from ? await ReadAsync(pod, container, from, hostIPs, podIPs, cancellationToken)
                : Expansion.Expand(variable.Value ?? "", name => result.GetValueOrDefault(name) ?? services.GetValueOrDefault(name));
            if (value is not null)
            {
                result[variable.Name] = value;
            }
        }

        foreach (var (name, value) in services)
        {
            result.TryAdd(name, value);
        }

        return result;
    }

    private static StartFailure Error(string message) => new("CreateContainerConfigError", message);

    private static bool IsName(string key) => key.Length > 0 && !key.Contains('=', StringComparison.Ordinal) && key.All(c => c is >= ' ' and <= '~');

    private async Task AddFromAsync(Pod pod, EnvFromSource source, Dictionary<string, string> result, CancellationToken cancellationToken)
    {
        var ns = pod.Metadata.Namespace;
        if (source.ConfigMapRef is { } map)
        {
            var found = await objects.FindConfigMapAsync(ns, map.Name ?? "", cancellationToken);
            Require(found, map.Optional, "configmap", map.Name);
            Add((found?.Data).OrEmpty(), source.Prefix, result);
        }
        else if (source.SecretRef is { } secret)
        {
            var found = await objects.FindSecretAsync(ns, secret.Name ?? "", cancellationToken);
            Require(found, secret.Optional, "secret", secret.Name);
            Add((found?.Data).OrEmpty().Select(e => KeyValuePair.Create(e.Key, Encoding.UTF8.GetString(e.Value))), source.Prefix, result);
        }
    }

    private static void Add(IEnumerable<KeyValuePair<string, string>> data, string? prefix, Dictionary<string, string> result)
    {
        foreach (var (key, value) in data.Where(e => IsName(e.Key)))
        {
            result[prefix + key] = value;
        }
    }

    private static void Require(object? found, bool? optional, string kind, string? name)
    {
        if (found is null && optional != true)
        {
            throw Error($"{kind} \"{name}\" not found");
        }
    }

    private async Task<string?> ReadAsync(
        Pod pod, Container container, EnvVarSource from, IReadOnlyList<string> hostIPs, IReadOnlyList<string> podIPs, CancellationToken cancellationToken)
    {
        if (from.FieldRef is { } field)
        {
            return FieldValues.Get(pod, field.FieldPath, hostIPs, podIPs) ?? throw Error($"unsupported fieldPath: {field.FieldPath}");
        }

        if (from.ResourceFieldRef is { } resource)
        {
            var of = resource.ContainerName is { Length: > 0 } name ? pod.FindContainer(name) : container;
            return of is null
                ? throw Error($"container {resource.ContainerName} not found")
                : ResourceValues.Get(resource, of, allocatable()) ?? throw Error($"unsupported container resource : {resource.Resource}");
        }

        if (from.ConfigMapKeyRef is { } mapKey)
        {
            var found = await objects.FindConfigMapAsync(pod.Metadata.Namespace, mapKey.Name ?? "", cancellationToken);
            Require(found, mapKey.Optional, "configmap", mapKey.Name);
            return Value(found?.Data.OrEmpty().GetValueOrDefault(mapKey.Key), mapKey.Optional, mapKey.Key, "ConfigMap", pod, mapKey.Name);
        }

        if (from.SecretKeyRef is { } secretKey)
        {
            var found = await objects.FindSecretAsync(pod.Metadata.Namespace, secretKey.Name ?? "", cancellationToken);
            Require(found, secretKey.Optional, "secret", secretKey.Name);
            var bytes = found?.Data.OrEmpty().GetValueOrDefault(secretKey.Key);
            return Value(bytes is null ? null : Encoding.UTF8.GetString(bytes), secretKey.Optional, secretKey.Key, "Secret", pod, secretKey.Name);
        }

        return null;
    }

    /// <summary>A value that another container of the pod wrote into a file.</summary>
    private string? ReadFile(FileKeySelector from, IReadOnlyDictionary<string, MountedVolume> mounted)
    {
        var volume = mounted.GetValueOrDefault(from.VolumeName) ?? throw Error($"cannot find the volume \"{from.VolumeName}\" referenced by FileKeyRef");
        try
        {
            return EnvFile.Find(volumes.ReadFile(volume, from.Path), from.Key) ?? (from.Optional == true ? null : throw Error($"environment variable key \"{from.Key}\" not found in file \"{from.Path}\""));
        }
        catch (FileNotFoundException) when (from.Optional == true)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            throw Error($"couldn't parse env file: {e.Message}");
        }
    }

    private static string? Value(string? value, bool? optional, string key, string kind, Pod pod, string? name) =>
        value is not null || optional == true
            ? value
            : throw Error($"couldn't find key {key} in {kind} {pod.Metadata.Namespace}/{name}");
}
