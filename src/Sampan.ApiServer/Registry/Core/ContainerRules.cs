using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

/// <summary>What containers of all kinds must satisfy. Upstream: validateContainerCommon.</summary>
internal static class ContainerRules
{
    private static readonly string[] MessagePolicies = ["File", "FallbackToLogsOnError"];
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];

    public static void Common(Container container, ContainerScope scope, FieldPath path)
    {
        var errors = scope.Errors;
        if (container.Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else
        {
            errors.Invalid(path.Child("name"), container.Name, Names.IsDns1123Label(container.Name));
        }
        if (string.IsNullOrEmpty(container.Image))
        {
            errors.Required(path.Child("image"));
        }
        Validation.FieldChecks.RequiredOneOf(
            path.Child("terminationMessagePolicy"), container.TerminationMessagePolicy, errors, MessagePolicies);
        ContainerPortValidation.Validate(container.Ports, path.Child("ports"), errors);
        EnvironmentValidation.Validate(container, scope, path);
        VolumeMountValidation.Validate(container, scope.Volumes, path, errors);
        VolumeDeviceValidation.Validate(container, scope.Volumes, path.Child("volumeDevices"), errors);
        PullPolicy(container.ImagePullPolicy, path.Child("imagePullPolicy"), errors);
        ResourceValidation.Validate(container.Resources, path.Child("resources"), errors, scope.Claims);
        ResizePolicyValidation.Validate(container.ResizePolicy, scope.Spec.RestartPolicy, path.Child("resizePolicy"), errors);
        SecurityValidation.Validate(container.SecurityContext, path.Child("securityContext"), errors, scope.SharesUsers);
    }

    public static void PullPolicy(string? policy, FieldPath path, FieldErrors errors) =>
        Validation.FieldChecks.RequiredOneOf(path, policy, errors, PullPolicies);

    /// <summary>A blank image may stand in a template for one that is filled in later, in a pod it may not.</summary>
    public static void Image(Container container, FieldPath path, FieldErrors errors)
    {
        if (container.Image is { } image && image.Length != image.Trim().Length)
        {
            errors.Invalid(path.Child("image"), image, "must not have leading or trailing whitespace");
        }
    }
}
