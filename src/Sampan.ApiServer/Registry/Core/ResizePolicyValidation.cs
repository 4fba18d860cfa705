using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>Checks of what a container does when its resources change.</summary>
internal static class ResizePolicyValidation
{
    private static readonly string[] Resources = ["cpu", "memory"];
    private static readonly string[] Policies = ["NotRequired", "RestartContainer"];

    public static void Validate(List<ContainerResizePolicy>? policies, string? restartPolicy, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>();
        foreach (var (index, policy) in policies.OrEmpty().Index())
        {
            if (!seen.Add(policy.ResourceName))
            {
                errors.Duplicate(path.Index(index), policy.ResourceName);
            }
            OneOf(policy.ResourceName, Resources, path, errors);
            OneOf(policy.RestartPolicy, Policies, path, errors);
            if (restartPolicy == "Never" && policy.RestartPolicy != "NotRequired")
            {
                errors.Invalid(path, policy.RestartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
        }
    }

    private static void OneOf(string value, string[] known, FieldPath path, FieldErrors errors)
    {
        if (value.Length == 0)
        {
            errors.Required(path);
        }
        else if (!known.Contains(value))
        {
            errors.NotSupported(path, value, known);
        }
    }
}
