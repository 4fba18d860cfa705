using Sampan.Api;
using Sampan.Api.Core.V1;

namespace Sampan.ApiServer.Registry.Core;

internal static class PodValidation
{
    public static void Validate(Pod pod, FieldErrors errors)
    {
    }
}

internal static class PodUpdateValidation
{
    public static void Validate(Pod pod, Pod old, FieldErrors errors)
    {
    }
}
