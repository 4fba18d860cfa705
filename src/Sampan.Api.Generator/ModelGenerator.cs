using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sampan.Api.Generator;

/// <summary>Gives every class with an ApiType attribute its codecs, clone, equality and schema, and lists the kinds.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<TypeModel> types = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Sampan.Api.ApiTypeAttribute",
            static (node, _) => node is ClassDeclarationSyntax,
            static (source, _) => TypeReader.Read((INamedTypeSymbol)source.TargetSymbol, source.Attributes[0]));

        context.RegisterSourceOutput(types, static (output, type) => output.AddSource($"{type.Namespace}.{type.Name}.g.cs", TypeEmitter.Emit(type)));

        IncrementalValueProvider<ImmutableArray<string>> kinds = types
            .Where(static type => type.Kind is not null)
            .Select(static (type, _) => type.FullName)
            .Collect();
        context.RegisterSourceOutput(kinds, static (output, names) => output.AddSource("Kinds.g.cs", KindsEmitter.Emit(names)));
    }
}
