using Sampan.Api;

namespace Sampan.ApiServer.Registry.Validation;

/// <summary>Checks of ports that are a number or a name.</summary>
internal static class PortValidation
{
    public static void ValidateReference(IntOrString port, FieldPath path, FieldErrors errors)
    {
        if (port.IsString)
        {
            errors.Invalid(path, port.StringValue, Names.IsPortName(port.StringValue));
        }
        else
        {
            errors.Invalid(path, port.IntValue, Names.IsPortNumber(port.IntValue));
        }
    }
}
