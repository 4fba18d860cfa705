using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What a pod goes through before it is stored, for pods that never are: those in files of a node.</summary>
public static class PodManifest
{
    /// <summary>Fills in what its author does not say.</summary>
    /// <returns>What is wrong with it.</returns>
    public static IReadOnlyList<string> Complete(Pod pod)
    {
        PodDefaults.Apply(pod);
        var errors = new FieldErrors();
        PodValidation.Validate(pod, errors);
        return [.. errors.Select(error => error.ToString())];
    }
}
