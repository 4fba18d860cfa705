namespace Sampan.Api.ApiExtensions.V1;

public sealed class JSONSchemaPropsOrBool
{
    public bool Allows { get; set; }

    public JSONSchemaProps? Schema { get; set; }
}
