"""What the languages of the Java virtual machine share: packages, annotations, and the frameworks that both are written for."""
