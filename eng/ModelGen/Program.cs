using ModelGen;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: ModelGen <reference directory> <Sampan.Api directory>");
    return 2;
}

Reference reference = Reference.Load(args[0]);
Facts facts = Facts.Load(Path.Combine(AppContext.BaseDirectory, "facts.txt"));
Descriptions descriptions = Descriptions.Load(Path.Combine(AppContext.BaseDirectory, "descriptions.txt"));
List<ModelType> types = new ModelBuilder(reference, facts).Build();
foreach (ModelType type in types)
{
    string folder = Path.Combine([args[1], .. type.Namespace.Split('.').Skip(2)]);
    Directory.CreateDirectory(folder);
    File.WriteAllText(Path.Combine(folder, type.Name + ".cs"), new ClassWriter(type, descriptions).Write());
}

Console.WriteLine($"{types.Count} types, {types.Count(t => t.Kind is not null)} of them kinds");
foreach (string unused in facts.Unused)
{
    Console.Error.WriteLine($"facts.txt: nothing is named {unused}");
}

return 0;
