import "./styles/look.scss";
